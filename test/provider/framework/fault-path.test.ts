import fc from "fast-check";
import { formatPath, parsePath, toAttributePath } from "../../../provider/framework/fault-path";

const step = fc.oneof(fc.nat(999), fc.string({ maxLength: 12 }));

test("parsePath() reads what formatPath() wrote, whatever the keys", () => {
  fc.assert(
    fc.property(fc.array(step), (path) => {
      expect(parsePath(formatPath(path))).toEqual(path);
    }),
  );
});

test.each([
  ["hosts", ["hosts"]],
  ["pools[1].role", ["pools", 1, "role"]],
  ['hosts["a.b\\"c"].port', ["hosts", 'a.b"c', "port"]],
  ["", []],
])("parsePath() of %s", (text, path) => {
  expect(parsePath(text)).toEqual(path);
});

test("toAttributePath() has two steps at most, and none to what is no attribute", () => {
  expect(toAttributePath(["hosts", "a", "port"], ["hosts"])).toEqual({
    steps: [{ attribute_name: "hosts" }, { element_key_string: "a" }],
  });
  expect(toAttributePath(["guests", "a"], ["hosts"])).toBeUndefined();
  expect(toAttributePath([], ["hosts"])).toBeUndefined();
});
