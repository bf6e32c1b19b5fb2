import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { type LabSwitch, startLabSwitch, type SwitchPort } from "../../../lab/switch/lab-switch";

/** A LAN card: a socket that keeps the frames which it gets. */
interface Card {
  readonly port: number;
  readonly socket: Socket;
  readonly frames: string[];
}

const [A, B, C] = ["0200000000aa", "0200000000bb", "0200000000cc"];
const ALL = "ffffffffffff";
const IPV4 = "0800";

let lan: LabSwitch;
let cards: Card[];

beforeEach(async () => {
  lan = await startLabSwitch({ port: 0, clock: Date.now });
  cards = await Promise.all([openCard(), openCard(), openCard()]);
});

afterEach(async () => {
  for (const { socket } of cards) socket.close();
  await lan.stop();
});

test("LabSwitch brings a broadcast to every other port of an untagged network", async () => {
  plug({ mode: "access" }, { mode: "access" }, { mode: "access" });

  send(0, `${ALL}${A}${IPV4}01`);

  await settled(1);
  expect(received()).toEqual([[], [`${ALL}${A}${IPV4}01`], [`${ALL}${A}${IPV4}01`]]);
});

test("LabSwitch brings a frame to the one port where its receiver was seen", async () => {
  plug({ mode: "access" }, { mode: "access" }, { mode: "access" });
  send(1, `${ALL}${B}${IPV4}00`);
  await settled(1);
  clear();

  send(0, `${B}${A}${IPV4}02`);

  await settled(2);
  expect(received()).toEqual([[], [`${B}${A}${IPV4}02`], []]);
});

test("LabSwitch keeps VLANs apart, also for addresses that it knows", async () => {
  plug({ mode: "access", vid: 100 }, { mode: "access", vid: 200 }, { mode: "trunk", vids: [100] });
  send(1, `${ALL}${B}${IPV4}00`);
  send(0, `${B}${A}${IPV4}03`);

  await settled(2);

  expect(received()).toEqual([[], [], [`${B}${A}81000064${IPV4}03`]]);
});

test("LabSwitch adds and takes off tags between access and trunk ports", async () => {
  plug(
    { mode: "access", vid: 100 },
    { mode: "trunk", vids: [100, 200], native: 1 },
    { mode: "access", vid: 1 },
  );

  send(1, `${A}${B}8100a064${IPV4}04`);
  send(1, `${C}${B}${IPV4}05`);

  await settled(2);
  expect(received()).toEqual([[`${A}${B}${IPV4}04`], [], [`${C}${B}${IPV4}05`]]);
});

test.each([
  ["of a port that nobody plugged in", 2, `${ALL}${C}${IPV4}06`],
  ["with a VLAN that its port has not", 0, `${ALL}${A}81000065${IPV4}07`],
  ["with the reserved VLAN", 0, `${ALL}${A}81000fff${IPV4}08`],
  ["cut within its tag", 0, `${ALL}${A}8100`],
  ["of one byte", 0, "00"],
])("LabSwitch drops a frame %s", async (_, from, frame) => {
  plug({ mode: "access", vid: 100 }, { mode: "trunk", vids: [100, 101] });

  send(from, frame);

  await settled(1);
  expect(received()).toEqual([[], [], []]);
  expect(lan.counts).toEqual({ forwarded: 0, dropped: 1 });
});

test("LabSwitch goes on when a machine is off, and forgets a port that is removed", async () => {
  plug({ mode: "access" }, { mode: "access" }, { mode: "access" });
  send(1, `${ALL}${B}${IPV4}00`);
  await settled(1);
  clear();
  const [, gone] = cards as [Card, Card, Card];
  gone.socket.close();
  await once(gone.socket, "close");
  send(0, `${B}${A}${IPV4}09`);
  await settled(2);
  lan.removePort(gone.port);

  send(0, `${B}${A}${IPV4}0a`);

  await settled(3);
  cards = cards.filter((it) => it !== gone);
  expect(received()).toEqual([[], [`${B}${A}${IPV4}0a`]]);
});

test("startLabSwitch() says which port is taken", async () => {
  await expect(startLabSwitch({ port: lan.port, clock: Date.now })).rejects.toMatchObject({
    code: "AS2470",
    tried: [`UDP 127.0.0.1:${lan.port}`],
  });
});

test("LabSwitch.stop() may be repeated", async () => {
  await lan.stop();

  await expect(lan.stop()).resolves.toBeUndefined();
});

type Config = SwitchPort extends infer It ? (It extends unknown ? Omit<It, "port"> : never) : never;

function plug(...configs: readonly Config[]): void {
  configs.forEach((config, index) => {
    lan.setPort({ ...config, port: cards[index]?.port ?? 0 });
  });
}

function send(from: number, frame: string): void {
  cards[from]?.socket.send(Buffer.from(frame, "hex"), lan.port, "127.0.0.1");
}

/** Until the switch handled so many frames and its own datagrams went the same way. */
async function settled(count: number): Promise<void> {
  while (lan.counts.forwarded + lan.counts.dropped < count) await turn();
  // Loopback keeps the order: what the switch sent before this probe is there before it.
  await Promise.all(cards.map((card) => probed(card)));
}

async function probed({ socket, port, frames }: Card): Promise<void> {
  if (!isOpen(socket)) return;
  const probe = createSocket("udp4");
  probe.send("probe", port, "127.0.0.1");
  while (!frames.includes(Buffer.from("probe").toString("hex"))) await turn();
  frames.splice(frames.indexOf(Buffer.from("probe").toString("hex")), 1);
  probe.close();
}

function isOpen(socket: Socket): boolean {
  try {
    socket.address();
    return true;
  } catch {
    return false;
  }
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function received(): string[][] {
  return cards.map(({ frames }) => frames);
}

function clear(): void {
  for (const { frames } of cards) frames.length = 0;
}

async function openCard(): Promise<Card> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const frames: string[] = [];
  socket.on("message", (bytes) => frames.push(bytes.toString("hex")));
  socket.on("error", () => undefined);
  return { socket, frames, port: socket.address().port };
}
