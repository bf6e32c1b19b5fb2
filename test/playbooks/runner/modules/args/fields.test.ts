import { z } from "zod";
import { flag, text, textList, whole } from "../../../../../playbooks/runner/modules/args/fields";

test.each([
  [true, true],
  ["yes", true],
  ["On", true],
  ["1", true],
  [1, true],
  ["y", true],
  [false, false],
  ["no", false],
  ["OFF", false],
  [0, false],
  ["false", false],
])("flag() reads %j as %j", (value, expected) => {
  expect(flag().parse(value)).toBe(expected);
});

test.each(["maybe", 2, null, {}])("flag() refuses %j", (value) => {
  expect(flag().safeParse(value).success).toBe(false);
});

test("text() takes what YAML makes of plain words", () => {
  expect([text().parse(3), text().parse(1.5), text().parse(true)]).toEqual(["3", "1.5", "True"]);
  expect(text().safeParse({}).success).toBe(false);
});

test("whole() takes numerals", () => {
  expect([whole().parse("22"), whole().parse(22), whole().parse("-1")]).toEqual([22, 22, -1]);
  expect(["1.5", "0x10", "", "a", null].some((it) => whole().safeParse(it).success)).toBe(false);
});

test("textList() splits at commas and takes single values", () => {
  expect(textList().parse("a, b,c")).toEqual(["a", "b", "c"]);
  expect(textList().parse(["a,b", 1])).toEqual(["a,b", "1"]);
  expect(textList().parse("")).toEqual([]);
});

test("fields know when they are missing", () => {
  const object = z.strictObject({ a: text(), b: flag().default(false), c: text().optional() });

  expect(object.safeParse({}).success).toBe(false);
  expect(object.parse({ a: "x" })).toEqual({ a: "x", b: false });
});
