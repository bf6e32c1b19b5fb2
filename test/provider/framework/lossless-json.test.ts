import fc from "fast-check";
import { parseJson, stringifyJson } from "../../../provider/framework/lossless-json";
import { Decimal } from "../../../provider/protocol/decimal";

test("parseJson() and stringifyJson() agree with JSON where nothing is lost", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      // JSON itself makes -0 and 1e21 what they are; such numbers are kept as text here.
      fc.pre(!/-0|\d[eE]/.test(text));

      expect(parseJson(text)).toEqual(JSON.parse(text));
      expect(stringifyJson(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test("stringifyJson() writes every digit that parseJson() read, and no text as a number", () => {
  const text =
    '{"a":[123456789012345678901234567890,0.1,-0.12345678901234567890],"b":"12\\"3e5\\\\"}';

  expect(stringifyJson(parseJson(text))).toBe(text);
  expect(parseJson("[12345678901234567890]")).toEqual([new Decimal("12345678901234567890")]);
});
