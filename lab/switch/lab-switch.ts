/**
 * The lab's Ethernet switch: a UDP socket on loopback, a datagram a frame. A machine's LAN card is
 * the port from which its frames come. Knows VLANs and learns addresses; frames of ports that it was
 * not told of are dropped. Machines may come and go, and it may be started anew beside them.
 */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Clock } from "../../core/clock";
import { OuterFault } from "../../core/faults";
import { AddressTable } from "./address-table";
import { type Frame, taggedFrame, tryParseFrame } from "./frame";

const LOOPBACK = "127.0.0.1";

/** VLAN of ports that nobody configured: they all are in one untagged network. */
export const DEFAULT_VLAN = 1;

/** How a port takes part. */
export type SwitchPort =
  | {
      readonly mode: "access";
      /** UDP port of the machine's LAN card. */
      readonly port: number;
      /** Its one VLAN, untagged; 1 to 4094. @default 1 */
      readonly vid?: number;
    }
  | {
      readonly mode: "trunk";
      readonly port: number;
      /** Tagged VLANs. */
      readonly vids: readonly number[];
      /** VLAN of untagged frames. @default - untagged frames are dropped */
      readonly native?: number;
    };

/** A port as frames are checked against it. */
interface Membership {
  readonly vids: ReadonlySet<number>;
  readonly native: number | undefined;
}

/** What was done with frames since the start. */
export interface SwitchCounts {
  readonly forwarded: number;
  readonly dropped: number;
}

/** Options of {@link startLabSwitch}. */
export interface LabSwitchOptions {
  /** UDP port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly clock: Clock;
}

/**
 * Starts a switch without ports.
 * @throws OuterFault AS2470 when the port is taken
 */
export async function startLabSwitch({ port, clock }: LabSwitchOptions): Promise<LabSwitch> {
  const socket = createSocket("udp4");
  try {
    socket.bind(port, LOOPBACK);
    await once(socket, "listening");
  } catch (error) {
    socket.close();
    throw new OuterFault("AS2470", { tried: [`UDP ${LOOPBACK}:${port}`] }, { cause: error });
  }
  return new LabSwitch(socket, clock);
}

/** A running switch. */
export class LabSwitch {
  /** UDP port on 127.0.0.1 that takes frames. */
  readonly port: number;
  readonly #socket: Socket;
  readonly #table: AddressTable;
  readonly #ports = new Map<number, Membership>();
  #counts = { forwarded: 0, dropped: 0 };

  /** Use {@link startLabSwitch}. */
  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.port = socket.address().port;
    this.#table = new AddressTable({ clock });
    socket.on("message", (bytes, { address, port }) => {
      this.#take(bytes, address, port);
    });
    // A machine that is off refuses its frames; that is no trouble of the others.
    socket.on("error", () => undefined);
  }

  /** Frames since the start. */
  get counts(): SwitchCounts {
    return { ...this.#counts };
  }

  /** Adds a port or changes it; what was learned about it is forgotten. */
  setPort(config: SwitchPort): void {
    this.#table.forgetPort(config.port);
    this.#ports.set(config.port, membershipOf(config));
  }

  /** Removes a port; one that is not there is left so. */
  removePort(port: number): void {
    this.#table.forgetPort(port);
    this.#ports.delete(port);
  }

  /** Stops taking frames; may be repeated. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      try {
        this.#socket.close(resolve);
      } catch {
        // Closed before.
        resolve();
      }
    });
  }

  #take(bytes: Buffer, address: string, from: number): void {
    const membership = address === LOOPBACK ? this.#ports.get(from) : undefined;
    const frame = membership && tryParseFrame(bytes);
    const vid = frame?.vid ?? membership?.native;
    if (!frame || vid === undefined || !membership.vids.has(vid)) {
      this.#counts.dropped += 1;
      return;
    }
    this.#table.learn(vid, frame.source, from);
    this.#counts.forwarded += 1;
    const known = frame.toMany ? undefined : this.#table.tryGetPort(vid, frame.destination);
    for (const to of known === undefined ? this.#ports.keys() : [known]) {
      if (to !== from) this.#send(frame, vid, to);
    }
  }

  #send(frame: Frame, vid: number, to: number): void {
    const membership = this.#ports.get(to);
    if (!membership?.vids.has(vid)) return;
    const bytes = membership.native === vid ? frame.untagged : taggedFrame(frame, vid);
    this.#socket.send(bytes, to, LOOPBACK, () => undefined);
  }
}

function membershipOf(config: SwitchPort): Membership {
  if (config.mode === "access") {
    const vid = config.vid ?? DEFAULT_VLAN;
    return { vids: new Set([vid]), native: vid };
  }
  const { vids, native } = config;
  return { vids: new Set(native === undefined ? vids : [...vids, native]), native };
}
