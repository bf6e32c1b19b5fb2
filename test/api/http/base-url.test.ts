import fc from "fast-check";
import { requestUrl } from "../../../api/http/base-url";
import { Bug } from "../../../core/faults";

test("requestUrl() keeps the prefix and escapes each part of the path", () => {
  const url = requestUrl("https://api.example/metal/v1/", ["devices", "a/b?c"], { page: 2 });

  expect(url.href).toBe("https://api.example/metal/v1/devices/a%2Fb%3Fc?page=2");
});

test("requestUrl() leaves out what is undefined", () => {
  expect(requestUrl("http://h", ["plans"], { slug: undefined }).href).toBe("http://h/plans");
});

test.each(["", ".", ".."])(
  "requestUrl() refuses the part %j, which would change the object",
  (id) => {
    expect(() => requestUrl("http://h", ["devices", id])).toThrow(Bug);
  },
);

test("requestUrl() never leaves the place of an id, whatever the id is", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (id) => {
      fc.pre(id !== "." && id !== "..");
      const { pathname, search, hash } = requestUrl("http://h/v1", ["devices", id]);
      const parts = pathname.split("/");

      expect(parts.slice(0, 3)).toEqual(["", "v1", "devices"]);
      expect(parts).toHaveLength(4);
      expect([search, hash]).toEqual(["", ""]);
    }),
  );
});
