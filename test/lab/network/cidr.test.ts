import fc from "fast-check";
import * as cidr from "../../../lab/network/cidr";

const address = fc.nat(0xff_ff_ff_ff);

test("formatIpv4() and tryParseIpv4() are inverse", () => {
  fc.assert(
    fc.property(address, (value) => {
      expect(cidr.tryParseIpv4(cidr.formatIpv4(value))).toBe(value);
    }),
  );
});

test.each(["", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.x", " 1.2.3.4", "1e1.0.0.1"])(
  "tryParseIpv4() refuses %j",
  (text) => {
    expect(cidr.tryParseIpv4(text)).toBeUndefined();
  },
);

test.each(["10.0.0.1/31", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "/8"])(
  "tryParseBlock() refuses %j",
  (text) => {
    expect(cidr.tryParseBlock(text)).toBeUndefined();
  },
);

test("freeBlocks() gives blocks inside the pool that touch nothing taken, and misses none", () => {
  const pool = { first: 0x0a_00_00_00, cidr: 26 };
  const block = fc.integer({ min: 28, max: 32 }).chain((length) => {
    const size = cidr.blockSize(length);
    const last = cidr.blockSize(pool.cidr) / size - 1;
    return fc.nat(last).map((n) => ({ first: pool.first + n * size, cidr: length }));
  });
  fc.assert(
    fc.property(
      fc.array(block, { maxLength: 12 }),
      fc.integer({ min: 27, max: 32 }),
      (taken, length) => {
        const found = cidr.freeBlocks(pool, length, taken, 1_000);

        const size = cidr.blockSize(length);
        const count = cidr.blockSize(pool.cidr) / size;
        const all = Array.from({ length: count }, (_, n) => ({
          first: pool.first + n * size,
          cidr: length,
        }));
        const free = all.filter((it) => !taken.some((other) => cidr.overlaps(it, other)));
        expect(found).toEqual(free);
      },
    ),
  );
});

test.each([
  [4, 31, "255.255.255.254"],
  [4, 0, "0.0.0.0"],
  [6, 127, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"],
  [6, 56, "ffff:ffff:ffff:ff00:0:0:0:0"],
] as const)("maskOf(%i, %i) is %s", (family, length, mask) => {
  expect(cidr.maskOf(family, length)).toBe(mask);
});
