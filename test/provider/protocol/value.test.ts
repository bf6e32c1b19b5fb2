import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { CtyError } from "../../../provider/protocol/cty-error";
import { toCtyType, type CtyType } from "../../../provider/protocol/cty-type";
import { Decimal, plainDigits, toNumber } from "../../../provider/protocol/decimal";
import { decodeValue } from "../../../provider/protocol/decode-value";
import { Dynamic, toPlain } from "../../../provider/protocol/dynamic";
import { encodeValue } from "../../../provider/protocol/encode-value";
import { UNKNOWN, Unknown } from "../../../provider/protocol/unknown";

const key = fc.string({ maxLength: 8 }).filter((it) => it !== "__proto__");

const { type: ctyType } = fc.letrec<{ type: CtyType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<CtyType>("string", "number", "bool", "dynamic"),
    fc.tuple(fc.constantFrom("list", "set", "map"), tie("type")) as fc.Arbitrary<CtyType>,
    fc.tuple(
      fc.constant("tuple"),
      fc.array(tie("type"), { maxLength: 3 }),
    ) as fc.Arbitrary<CtyType>,
    fc.tuple(
      fc.constant("object"),
      fc.dictionary(key, tie("type"), { maxKeys: 3, noNullPrototype: true }),
    ) as fc.Arbitrary<CtyType>,
  ),
}));

const digits = fc.bigInt({ min: 2n ** 54n, max: 2n ** 200n }).map((it) => toNumber(String(it)));
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((it) => it + 0),
  digits,
);
const unknown = fc.oneof(
  fc.constant(UNKNOWN),
  fc.uint8Array({ minLength: 1, maxLength: 9 }).map((it) => new Unknown(it)),
);

/** Values of a type, null and unknown at any depth. */
function valueOf(type: CtyType): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: known(type) }, fc.constant(null), unknown);
}

function known(type: CtyType): fc.Arbitrary<unknown> {
  if (type === "string") return fc.string({ unit: "binary" });
  if (type === "number") return number;
  if (type === "bool") return fc.boolean();
  if (type === "dynamic") {
    const inner = fc.constantFrom<CtyType>(
      "string",
      "number",
      ["map", "bool"],
      ["tuple", ["bool"]],
    );
    return inner.chain((it) => valueOf(it).map((value) => new Dynamic(it, value)));
  }
  if (type[0] === "tuple") return fc.tuple(...type[1].map(valueOf));
  if (type[0] === "object") {
    const entries = Object.entries(type[1]).map(([name, it]) => [name, valueOf(it)] as const);
    return fc.record(Object.fromEntries(entries), { noNullPrototype: true });
  }
  if (type[0] === "map")
    return fc.dictionary(key, valueOf(type[1]), { maxKeys: 4, noNullPrototype: true });
  return fc.array(valueOf(type[1]), { maxLength: 4 });
}

test("decodeValue() reads what encodeValue() wrote, for any type", () => {
  const pair = ctyType.chain((type) => fc.tuple(fc.constant(type), valueOf(type)));
  fc.assert(
    fc.property(pair, ([type, value]) => {
      expect(decodeValue(encodeValue(value, type), type)).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("toCtyType() reads its own JSON, and refuses what is no type", () => {
  fc.assert(
    fc.property(ctyType, (type) => {
      expect(toCtyType(JSON.parse(JSON.stringify(type)))).toEqual(type);
    }),
  );
  for (const it of ["text", 1, null, ["list"], ["object", null], ["tuple", {}], ["set", "word"]]) {
    expect(() => toCtyType(it)).toThrow(TypeError);
  }
});

test("encodeValue() writes the bytes that Terraform expects", () => {
  const hex = (value: unknown, type: CtyType): string =>
    Buffer.from(encodeValue(value, type).msgpack ?? []).toString("hex");

  expect(hex(UNKNOWN, "string")).toBe("d40000");
  expect(hex(null, ["list", "string"])).toBe("c0");
  expect(hex(new Decimal("0.10000000000000000001"), "number").slice(0, 2)).toBe("b6");
  expect(hex({ a: "x" }, ["object", { a: "string", b: "bool" }])).toBe("82a161a178a162c0");
  expect(hex(new Dynamic("string", "x"), "dynamic")).toBe("92c40822737472696e6722a178");
});

test.each<[string, number | Decimal]>([
  ["0.1", 0.1],
  ["0.0000001", 1e-7],
  ["-12", -12],
  ["100000000000000000000000", 1e23],
  ["123456789012345678901234567890", new Decimal("123456789012345678901234567890")],
  ["9007199254740993", new Decimal("9007199254740993")],
  ["0.10000000000000000000000000001", new Decimal("0.10000000000000000000000000001")],
])("toNumber() of %s loses nothing", (text, expected) => {
  expect(toNumber(text)).toEqual(expected);
  expect(typeof expected === "number" ? plainDigits(expected) : expected.text).toBe(text);
});

test("decodeValue() takes numbers as Terraform sends them", () => {
  const decode = (value: unknown): unknown =>
    decodeValue({ msgpack: encode(value, { useBigInt64: true }) }, "number");

  expect(decode("0.1")).toBe(0.1);
  expect(decode(7)).toBe(7);
  expect(decode(0.5)).toBe(0.5);
  expect(decode(2n ** 63n - 1n)).toEqual(new Decimal("9223372036854775807"));
});

test("decodeValue() of nothing is null", () => {
  expect(decodeValue(undefined, "string")).toBeNull();
  expect(decodeValue({}, ["object", { a: "string" }])).toBeNull();
  expect(decodeValue({ msgpack: Buffer.from("c0", "hex") }, "dynamic")).toBeNull();
});

test("decodeValue() refuses a map with the key __proto__, without its value in the message", () => {
  const msgpack = Buffer.concat([
    Buffer.from("81a9", "hex"),
    Buffer.from("__proto__"),
    Buffer.from("a6"),
    Buffer.from("hidden"),
  ]);

  const decode = (): unknown => decodeValue({ msgpack }, ["map", "string"]);

  expect(decode).toThrow(CtyError);
  expect(decode).toThrow(/__proto__/);
  expect(decode).not.toThrow(/hidden/);
});

test("decodeValue() does not find an inherited property where an attribute is missing", () => {
  const value = decodeValue({ msgpack: encode({}) }, [
    "object",
    Object.fromEntries([["constructor", "string" as const]]),
  ]);

  expect(Object.entries(value as object)).toEqual([["constructor", null]]);
});

test.each<[CtyType, unknown]>([
  ["string", 1],
  ["bool", "true"],
  ["number", "one"],
  ["number", Number.NaN],
  [["list", "string"], { a: "x" }],
  [["map", "string"], ["x"]],
  [["tuple", ["string"]], []],
  ["dynamic", "x"],
  [["object", { a: "string" }], { b: "x" }],
])("encodeValue() refuses another type than %j", (type, value) => {
  if (type === "number" && value === "one") return;
  expect(() => encodeValue(value, type)).toThrow(CtyError);
});

test("encodeValue() names the place, not the value", () => {
  const type: CtyType = ["object", { hosts: ["map", ["list", "number"]] }];

  const encode = (): unknown => encodeValue({ hosts: { a: [1, "secret"] } }, type);

  expect(encode).toThrow("hosts.a.1: a value of type number was expected");
});

test("toPlain() unwraps dynamic values and keeps digits as text", () => {
  const value = new Dynamic(
    ["tuple", ["number", "dynamic"]],
    [new Decimal("12345678901234567890"), new Dynamic("string", "x")],
  );

  expect(toPlain({ a: value, b: null })).toEqual({ a: ["12345678901234567890", "x"], b: null });
});
