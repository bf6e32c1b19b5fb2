import { AddressTable } from "../../../lab/switch/address-table";

test("AddressTable tells where an address was last seen, per VLAN", () => {
  const table = new AddressTable({ clock: () => 0 });
  table.learn(1, "aa", 7);
  table.learn(1, "aa", 8);

  expect(table.tryGetPort(1, "aa")).toBe(8);
  expect(table.tryGetPort(2, "aa")).toBeUndefined();
});

test("AddressTable forgets an address that was not seen for long", () => {
  let now = 0;
  const table = new AddressTable({ clock: () => now, maxAgeMs: 100 });
  table.learn(1, "aa", 7);

  now = 99;
  expect(table.tryGetPort(1, "aa")).toBe(7);
  now = 100;
  expect(table.tryGetPort(1, "aa")).toBeUndefined();
});

test("AddressTable is bounded: the address not seen for the longest makes room", () => {
  const table = new AddressTable({ clock: () => 0, maxAddresses: 2 });
  table.learn(1, "aa", 7);
  table.learn(1, "bb", 8);
  table.learn(1, "aa", 7);

  table.learn(1, "cc", 9);

  expect(table.size).toBe(2);
  expect(["aa", "bb", "cc"].map((it) => table.tryGetPort(1, it))).toEqual([7, undefined, 9]);
});

test("AddressTable.forgetPort() forgets what is behind that port only", () => {
  const table = new AddressTable({ clock: () => 0 });
  table.learn(1, "aa", 7);
  table.learn(1, "bb", 8);

  table.forgetPort(7);

  expect(["aa", "bb"].map((it) => table.tryGetPort(1, it))).toEqual([undefined, 8]);
});
