import { expand } from "../../../lab/http/expand";

const world: Record<string, object> = {
  "/b/1": { href: "/b/1", name: "b", c: { href: "/c/1" } },
  "/c/1": { href: "/c/1", name: "c", d: { href: "/d/1" } },
  "/d/1": { href: "/d/1", name: "d", b: { href: "/b/1" } },
};
const resolve = (href: string): object | undefined => world[href];
const value = {
  id: 1,
  b: { href: "/b/1" },
  list: [{ href: "/b/1" }, { href: "/gone" }],
  none: null,
};

test("expand() without wishes gives the object as it is", () => {
  expect(expand(value, {}, resolve)).toEqual(value);
});

test("expand() includes by name, in lists too, and leaves what it does not find", () => {
  expect(expand(value, { include: "list,none,unknown" }, resolve)).toEqual({
    ...value,
    list: [world["/b/1"], { href: "/gone" }],
  });
});

test("expand() follows dots three deep and no deeper", () => {
  const included = expand(value, { include: "b.c.d.b" }, resolve);

  expect(included).toMatchObject({ b: { name: "b", c: { name: "c", d: { name: "d" } } } });
  expect(included).toMatchObject({ b: { c: { d: { b: { href: "/b/1" } } } } });
  expect(JSON.stringify(included).match(/"name":"b"/g)).toHaveLength(1);
});

test("expand() collapses what is excluded to its href, and takes lists of names either way", () => {
  const full = { b: world["/b/1"] ?? {}, plan: { href: "/p/1", slug: "x" } };

  expect(expand(full, { exclude: ["plan", "b.c"] }, resolve)).toEqual({
    b: world["/b/1"],
    plan: { href: "/p/1" },
  });
  expect(expand(full, { "exclude[]": "plan" }, resolve)).toMatchObject({ plan: { href: "/p/1" } });
});

test("expand() does not change what it is given", () => {
  const before = structuredClone(value);

  expand(value, { include: "b,list", exclude: "b" }, resolve);

  expect(value).toEqual(before);
});
