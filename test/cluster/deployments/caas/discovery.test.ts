/** Payloads of discovery clients: what is taken, and what is refused, with its place in the file. */
import fc from "fast-check";
import { readDiscovery } from "../../../../cluster/deployments/caas/discovery";
import { discoveryText, networkInterface, payload } from "./payloads";

const read = (...payloads: readonly unknown[]) =>
  readDiscovery("machines.json", JSON.stringify(payloads));
const codes = (...payloads: readonly unknown[]): string[] =>
  read(...payloads).faults.map(({ code, path, problem }) => `${code} ${path}: ${problem}`);

test("a machine has its boot interface, and all spellings of one MAC address are one", () => {
  const second = { name: "eth1", mac: "52:54:00:AA:00:01", ipv4: "10.0.0.1", netmask: 24 };
  const { machines, faults } = read(
    payload(2, {
      "boot-info": { uuid: "B7F5F93A-B029-475F-B3A4-479BA198CB02", mac: "52:54:00:00:00:02" },
    }),
    payload(1, { interfaces: [second, networkInterface(1)] }),
  );

  expect(faults).toEqual([]);
  expect(machines.map(({ mac }) => mac)).toEqual(["52:54:00:00:00:01", "52:54:00:00:00:02"]);
  expect(machines[0]).toMatchObject({
    uuid: "b7f5f93a-b029-475f-b3a4-479ba198cb01",
    boot: { name: "eth0", ipv4: "172.20.0.1", netmask: 16, gateway: "172.20.0.254" },
    interfaces: [{ name: "eth0" }, { name: "eth1", mac: "52:54:00:aa:00:01" }],
    disks: [{ path: "/dev/sda", bytes: 21_474_836_480 }],
  });
  expect(machines[1]?.uuid).toBe("b7f5f93a-b029-475f-b3a4-479ba198cb02");
});

test("a machine may have no disks", () => {
  expect(codes(payload(1, { disks: null }), payload(2, { disks: [] }))).toEqual([]);
});

const rejected: readonly [string, readonly unknown[], readonly string[]][] = [
  ["no payload", ["text"], ["AS1205 : [0] must be a mapping, not"]],
  [
    "a MAC address with hyphens",
    [payload(1, { "boot-info": { uuid: payload(1)["boot-info"], mac: "52-54-00-00-00-01" } })],
    ["AS1205 [0].boot-info: uuid must be text, not", "AS1209 [0].boot-info: malformed mac"],
  ],
  [
    "no UUID",
    [payload(1, { "boot-info": { uuid: "nonsense", mac: "52:54:00:00:00:01" } })],
    ["AS1209 [0].boot-info: malformed uuid"],
  ],
  [
    "a netmask that is none",
    [payload(1, { interfaces: [networkInterface(1, { netmask: 33, cidrv4: undefined })] })],
    ["AS1208 [0].interfaces[0]: netmask must be at most 32, not"],
  ],
  [
    "no interface that it booted from",
    [payload(1, { interfaces: [networkInterface(2)] })],
    ["AS1570 [0].boot-info: a machine does not tell by which interface it booted"],
  ],
  [
    "the same machine twice",
    [payload(1), payload(1)],
    [
      "AS1571 [1].boot-info: another machine has the UUID",
      "AS1571 [1].interfaces[0]: another interface has the MAC address",
      "AS1572 [1].interfaces[0]: two interfaces have the same address",
    ],
  ],
  [
    "two machines with one address",
    [
      payload(1),
      payload(2, { interfaces: [networkInterface(2, { ipv4: "172.20.0.1", cidrv4: undefined })] }),
    ],
    ["AS1572 [1].interfaces[0]: two interfaces have the same address"],
  ],
  [
    "an address that is none",
    [payload(1, { interfaces: [networkInterface(1, { ipv4: "172.20.0.256" })] })],
    ["AS1573 [0].interfaces[0]: no IPv4 address"],
  ],
  [
    "an address that is told in two ways",
    [payload(1, { interfaces: [networkInterface(1, { cidrv4: "172.20.0.1/24" })] })],
    ["AS1573 [0].interfaces[0]: address and netmask say 172.20.0.1/16, and this"],
  ],
];

test.each(rejected)("refused: %s", (_name, payloads, faults) => {
  expect(codes(...payloads)).toEqual(faults);
});

test("faults have their places in the file", () => {
  const text = `[\n${JSON.stringify(payload(1))},\n${JSON.stringify(payload(1))}\n]\n`;

  const [first] = readDiscovery("machines.json", text).faults;

  expect(first?.position).toMatchObject({ file: "machines.json", line: 3 });
});

test("broken text, and text that is no list, are told as such", () => {
  expect(readDiscovery("m.json", "[").faults.map(({ code }) => code)).toEqual(["AS1201"]);
  expect(readDiscovery("m.json", "{}").faults.map(({ code }) => code)).toEqual(["AS1205"]);
  expect(readDiscovery("m.json", "[]")).toEqual({ machines: [], faults: [] });
});

test("the order of the file means nothing", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(numbers, (all) => {
      const [left, right] = [all, [...all].reverse()].map((it) =>
        readDiscovery("m.json", discoveryText(...it)),
      );
      expect(left).toEqual(right);
    }),
    { numRuns: 30 },
  );
});

test("whatever JSON there is, no machine comes of it without its boot interface", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (items) => {
      const { machines } = readDiscovery("m.json", JSON.stringify(items));
      expect(machines.every(({ mac, boot }) => boot.mac === mac)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
