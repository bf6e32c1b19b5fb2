/** Addresses and subnets: known texts, hostile ones, and laws; judged by node:net as well. */
import { BlockList, isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { formatAddress, tryParseAddress } from "../../../cluster/ip/address";
import {
  contains,
  formatSubnet,
  overlap,
  type Subnet,
  tryParseSubnet,
} from "../../../cluster/ip/subnet";

test.each([
  ["0.0.0.0", "0.0.0.0"],
  ["255.255.255.255", "255.255.255.255"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["FD00:0:0:1:0:0:0:A", "fd00:0:0:1::a"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
  ["1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"],
])("%s is an address, written %s", (text, written) => {
  const address = tryParseAddress(text);

  expect(address && formatAddress(address)).toBe(written);
});

test.each([
  "",
  ".",
  "1.2.3",
  "1.2.3.4.5",
  "256.1.1.1",
  "01.2.3.4",
  "1.2.3.4 ",
  "1.2.3.-4",
  "0x7f.0.0.1",
  ":",
  ":::",
  "1:::2",
  "1::2::3",
  "12345::",
  "g::",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "::1%eth0",
  "::ffff:1.2.3.4",
  "1:2:3:4::5:6:7:8",
  "$(reboot)",
  "1.2.3.4\n",
])("%j is no address", (text) => {
  expect(tryParseAddress(text)).toBeUndefined();
});

test.each([
  "10.0.0.0",
  "10.0.0.1/24",
  "10.0.0.0/33",
  "10.0.0.0/-1",
  "10.0.0.0/024",
  "::/129",
  "fd00::1/64",
  "/24",
  "a/b",
  "10.0.0.0/24/24",
])("%j is no subnet", (text) => {
  expect(tryParseSubnet(text)).toBeUndefined();
});

test("what is an address to node:net is one here, but for zones and IPv4 in IPv6", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
      const isOne = isIPv4(text) || (isIPv6(text) && !/[%.]/.test(text));
      expect(tryParseAddress(text) !== undefined).toBe(isOne);
    }),
  );
});

test("an address that is written and read again is the same", () => {
  const address = fc.oneof(
    fc.record({
      family: fc.constant(4 as const),
      value: fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
    }),
    fc.record({
      family: fc.constant(6 as const),
      value: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
    }),
  );
  fc.assert(
    fc.property(address, (it) => {
      expect(tryParseAddress(formatAddress(it))).toEqual(it);
    }),
  );
});

test("a subnet has the addresses that node:net says, and overlaps with those that it has one in common with", () => {
  const bits = fc.integer({ min: 0, max: 32 });
  const number = fc.nat({ max: 0xffff_ffff });
  fc.assert(
    fc.property(number, bits, number, bits, (a, lengthA, b, lengthB) => {
      const [one, other] = [subnetOf(a, lengthA), subnetOf(b, lengthB)];
      const list = new BlockList();
      list.addSubnet(formatAddress(one.base), one.prefix);
      expect(contains(one, other.base)).toBe(list.check(formatAddress(other.base)));
      expect(overlap(one, other)).toBe(overlap(other, one));
      expect(tryParseSubnet(formatSubnet(one))).toEqual(one);
    }),
  );
});

function subnetOf(value: number, prefix: number): Subnet {
  const size = 1n << BigInt(32 - prefix);
  const base = { family: 4 as const, value: (BigInt(value) / size) * size };
  return { family: 4, base, prefix, size };
}
