/** Which group a machine belongs to, case by case, and for any groups and any machine. */
import fc from "fast-check";
import type { BootGroup } from "../../../images/netboot/boot-files";
import { type Labels, selectBoot, selectGroup } from "../../../images/netboot/select-group";

function group(id: string, selector: Labels = {}): BootGroup {
  return { id, profile: "flatcar", selector };
}

interface Case {
  readonly name: string;
  readonly groups: readonly BootGroup[];
  readonly query: Labels;
  readonly expected: string | undefined;
}

const cases: readonly Case[] = [
  { name: "without selectors, every machine", groups: [group("all")], query: {}, expected: "all" },
  {
    name: "the one with the most selectors",
    groups: [
      group("all"),
      group("installed", { os: "installed" }),
      group("one", { mac: "52:54:00:00:00:01", os: "installed" }),
    ],
    query: { mac: "52:54:00:00:00:01", os: "installed", uuid: "x" },
    expected: "one",
  },
  {
    name: "all selectors must match",
    groups: [group("all"), group("one", { mac: "52:54:00:00:00:01", os: "installed" })],
    query: { mac: "52:54:00:00:00:01" },
    expected: "all",
  },
  {
    name: "none",
    groups: [group("one", { uuid: "a" })],
    query: { uuid: "b" },
    expected: undefined,
  },
  {
    name: "a MAC address in any spelling",
    groups: [group("one", { mac: "52-54-00-AB-CD-EF" })],
    query: { mac: "5254.00ab.cdef" },
    expected: "one",
  },
  {
    name: "an address that is none counts as not sent",
    groups: [group("all"), group("one", { mac: "nonsense" })],
    query: { mac: "nonsense" },
    expected: "all",
  },
  {
    name: "UUIDs as they are written",
    groups: [group("one", { uuid: "AB" })],
    query: { uuid: "ab" },
    expected: undefined,
  },
  {
    name: "keys as they are written",
    groups: [group("one", { Rack: "1" })],
    query: { rack: "1" },
    expected: undefined,
  },
  {
    name: "of equally many, the last in the order of their text",
    groups: [group("a", { arch: "arm64" }), group("z", { serial: "1" })],
    query: { arch: "arm64", serial: "1" },
    expected: "z",
  },
  {
    name: "no label of an object's prototype",
    groups: [group("one", { constructor: "x" })],
    query: {},
    expected: undefined,
  },
];

test.each(cases)("selectGroup(): $name", ({ groups, query, expected }) => {
  expect(selectGroup(groups, query)?.id).toBe(expected);
  expect(selectGroup([...groups].reverse(), query)?.id).toBe(expected);
});

const labels = fc.dictionary(
  fc.constantFrom("os", "arch", "uuid", "rack"),
  fc.constantFrom("a", "b"),
);
const groups = fc
  .uniqueArray(labels, { selector: (it) => JSON.stringify(Object.entries(it).sort()) })
  .map((all) => all.map((selector, n) => group(`g${n}`, selector)));

test("whatever the order of the groups, the same one wins, and none that matches has more selectors", () => {
  fc.assert(
    fc.property(groups, labels, (all, query) => {
      const found = selectGroup(all, query);
      const fits = all.filter(({ selector }) =>
        Object.entries(selector).every(([key, value]) => query[key] === value),
      );
      const most = Math.max(...fits.map(({ selector }) => Object.keys(selector).length));

      expect(selectGroup([...all].reverse(), query)).toEqual(found);
      expect(found === undefined).toBe(fits.length === 0);
      if (found) expect(Object.keys(found.selector)).toHaveLength(most);
    }),
  );
});

test("selectBoot() needs the profile too", () => {
  const profile = { id: "flatcar", boot: { kernel: "/k", initrd: [], args: [] } };

  expect(selectBoot({ profiles: [profile], groups: [group("all")] }, {})).toEqual({
    group: group("all"),
    profile,
  });
  expect(selectBoot({ profiles: [], groups: [group("all")] }, {})).toBeUndefined();
});
