import { planModules } from "../../../../../playbooks/runner/modules/kernel/plan-modules";

const LOAD = "/etc/modules-load.d/";
const PARAMS = "/etc/modprobe.d/";

const plan = (
  files: Readonly<Record<string, string>>,
  wish: { readonly params?: readonly string[]; readonly isLoaded?: boolean },
): Record<string, string> =>
  Object.fromEntries(
    planModules(new Map(Object.entries(files)), {
      name: "m",
      params: [],
      isLoaded: true,
      ...wish,
    }),
  );

test.each([
  ["names the module", {}, {}, { [`${LOAD}m.conf`]: "m\n" }],
  ["finds it in another file", { [`${LOAD}x`]: "# m\nn\n m # why" }, {}, {}],
  [
    "is not taken in by a comment",
    { [`${LOAD}m.conf`]: "#m\nmm\n" },
    {},
    { [`${LOAD}m.conf`]: "m\n" },
  ],
  [
    "takes a line away",
    { [`${LOAD}x`]: "n\nm\nmm\n" },
    { isLoaded: false },
    { [`${LOAD}x`]: "n\n#m\nmm\n" },
  ],
  [
    "has nothing to take away",
    { [`${LOAD}x`]: "n\n", [`${PARAMS}x`]: "options n a=1\n" },
    { isLoaded: false },
    {},
  ],
])("planModules() %s", (_, files, wish, after) => {
  expect(plan(files, wish)).toEqual(after);
});

const named = { [`${LOAD}m.conf`]: "m\n" };

test.each([
  ["writes one a line", {}, ["a=1", "b=2"], { "m.conf": "options m a=1\noptions m b=2\n" }],
  ["knows them in one line", { x: "options m b=2 a=1 # why\n" }, ["a=1", "b=2"], {}],
  ["knows them in two files", { x: "options m b=2\n", y: "options m a=1" }, ["a=1", "b=2"], {}],
  ["leaves others alone", { x: "options mm a=1\n" }, ["a=1"], { "m.conf": "options m a=1\n" }],
  [
    "comments out what is not asked for",
    { x: "options m a=1\nblacklist m\n" },
    ["a=2"],
    { x: "#options m a=1\nblacklist m\n", "m.conf": "options m a=2\n" },
  ],
  ["takes all away from its own file", { "m.conf": "options m a=1\n" }, [], { "m.conf": "\n" }],
])("parameters: planModules() %s", (_, files, params, after) => {
  const below = (it: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(it).map(([name, text]) => [PARAMS + name, text]));

  expect(plan({ ...named, ...below(files) }, { params })).toEqual(below(after));
});
