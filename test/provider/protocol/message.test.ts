import fc from "fast-check";
import { decodeMessage } from "../../../provider/protocol/decode-message";
import { encodeMessage } from "../../../provider/protocol/encode-message";
import {
  bool,
  bytes,
  int,
  list,
  map,
  message,
  text,
  type Message,
} from "../../../provider/protocol/field";

const Inner = { name: text(1), count: int(2) };
const Outer = {
  data: bytes(1),
  title: text(2),
  size: int(3),
  ready: bool(4),
  one: message(5, Inner),
  many: list(16, Inner),
  byName: map(2047, Inner),
};

const inner = fc.record(
  { name: fc.string({ unit: "binary" }), count: fc.maxSafeInteger() },
  { requiredKeys: [] },
);
const outer: fc.Arbitrary<Message<typeof Outer>> = fc.record(
  {
    data: fc.uint8Array({ maxLength: 300 }),
    title: fc.string({ unit: "binary", maxLength: 300 }),
    size: fc.maxSafeInteger(),
    ready: fc.boolean(),
    one: inner,
    many: fc.array(inner, { minLength: 1 }),
    byName: fc.dictionary(fc.string(), inner, { minKeys: 1 }),
  },
  { requiredKeys: [] },
);

test("decodeMessage() reads what encodeMessage() wrote", () => {
  fc.assert(
    fc.property(outer, (it) => {
      const decoded = decodeMessage(Outer, encodeMessage(Outer, it));

      expect(normal(decoded)).toEqual(normal(it));
    }),
  );
});

test("encodeMessage() writes the bytes of the protobuf specification", () => {
  const example = { size: 150, title: "testing", ready: false };

  const encoded = encodeMessage(Outer, example);

  // Fields 2, 3 and 4: the first two are the specification's examples.
  expect(encoded.toString("hex")).toBe("120774657374696e67" + "189601" + "2000");
});

test("decodeMessage() skips fields that its table does not know", () => {
  const newer = { ...Inner, extra: list(9, Inner), flag: bool(10) };
  const sent = { name: "a", extra: [{ name: "b" }], flag: true };

  expect(decodeMessage(Inner, encodeMessage(newer, sent))).toEqual({ name: "a" });
  // fixed64 and fixed32, which no table has
  const fixed = Buffer.from("59010203040506070865010203040a0161", "hex");
  expect(decodeMessage(Inner, fixed)).toEqual({ name: "a" });
});

test("decodeMessage() refuses or reads any bytes, and never hangs", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
      try {
        decodeMessage(Outer, data);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});

test.each([
  ["a length beyond the end", "0a05" + "61"],
  ["a number that breaks off", "18ff"],
  ["a number of eleven bytes", "18" + "ff".repeat(10) + "01"],
  ["a group", "0b"],
])("decodeMessage() refuses %s", (_, hex) => {
  expect(() => decodeMessage(Outer, Buffer.from(hex, "hex"))).toThrow(RangeError);
});

test("decodeMessage() keeps a map's key __proto__ as a plain key", () => {
  const entry = Buffer.from("0a095f5f70726f746f5f5f" + "1203" + "0a0161", "hex");
  const head = encodeMessage({ raw: bytes(2047) }, { raw: entry });

  const { byName } = decodeMessage(Outer, head);

  expect(Object.keys(byName ?? {})).toEqual(["__proto__"]);
  expect(({} as { name?: string }).name).toBeUndefined();
});

/** Bytes compare as hex; whether they are a Buffer does not matter. */
function normal(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, it: unknown) => {
      if (it instanceof Uint8Array) return Buffer.from(it).toString("hex");
      const isBuffer =
        typeof it === "object" && it !== null && "type" in it && it.type === "Buffer";
      return isBuffer
        ? Buffer.from((it as unknown as { data: number[] }).data).toString("hex")
        : it;
    }),
  );
}
