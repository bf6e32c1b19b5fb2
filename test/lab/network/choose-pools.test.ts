import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { choosePools, listeningAddresses, udpPortsInUse } from "../../../lab/network/choose-pools";
import { tryParseBlock, tryParseIpv4 } from "../../../lab/network/cidr";

test("choosePools() gives the same folder the same share, and other folders others", () => {
  const names = Array.from({ length: 40 }, (_, n) => `/tmp/lab-${n}`);

  const pools = names.map((it) => choosePools(it, "10.96.0.0/12", []));

  expect(choosePools("/tmp/lab-0", "10.96.0.0/12", [])).toEqual(pools[0]);
  expect(new Set(pools.map((it) => it.publicPool)).size).toBeGreaterThan(35);
});

test("choosePools() leaves a private network whole, and shares one on loopback", () => {
  expect(choosePools("a", "10.96.0.0/12", []).privatePool).toBe("10.96.0.0/12");
  expect(choosePools("a", "127.128.0.0/9", []).privatePool).toMatch(/^127\.\d+\.\d+\.0\/20$/);
});

test("choosePools() steps aside where something listens", () => {
  const first = choosePools("a", "10.96.0.0/12", []).publicPool;
  const taken = (tryParseBlock(first)?.first ?? 0) + 7;

  expect(choosePools("a", "10.96.0.0/12", [taken]).publicPool).not.toBe(first);
});

test("listeningAddresses() sees a real listener", async () => {
  const server = createServer().listen(0, "127.66.77.88");
  await once(server, "listening");

  const seen = listeningAddresses();
  server.close();

  expect(seen).toContain(tryParseIpv4("127.66.77.88"));
  expect(listeningAddresses("/nonexistent")).toEqual([]);
});

test("udpPortsInUse() sees a real socket", async () => {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();

  const seen = udpPortsInUse();
  socket.close();

  expect(seen.has(port)).toBe(true);
});
