import { coveredNames, covers, parseHostPattern } from "../../../playbooks/model/host-pattern";

const HOSTS = [
  { name: "etcd-0", groups: ["etcd", "da"] },
  { name: "etcd-1", groups: ["etcd", "ny"] },
  { name: "worker-0.example.org", groups: ["worker", "da"] },
];

test.each([
  ["all", ["etcd-0", "etcd-1", "worker-0.example.org"]],
  ["*", ["etcd-0", "etcd-1", "worker-0.example.org"]],
  ["etcd", ["etcd-0", "etcd-1"]],
  ["etcd-1,worker", ["etcd-1", "worker-0.example.org"]],
  ["etcd:&da", ["etcd-0"]],
  ["all:!etcd", ["worker-0.example.org"]],
  ["!etcd-0:all", ["etcd-1", "worker-0.example.org"]],
  ["&da", ["etcd-0", "worker-0.example.org"]],
  ["*-0*", ["etcd-0", "worker-0.example.org"]],
  ["etcd-?", ["etcd-0", "etcd-1"]],
  ["worker-0.example.org", ["worker-0.example.org"]],
  ["worker-0xexample.org", []],
  ["nobody", []],
  ["~etcd-\\d", ["etcd-0", "etcd-1"]],
  ["~etc", ["etcd-0", "etcd-1"]],
  ["~.*-0(\\.|$)", ["etcd-0", "worker-0.example.org"]],
  ["all:!~(?P<n>etcd)", ["worker-0.example.org"]],
  ["e[st]cd-*,worker", ["etcd-0", "etcd-1", "worker-0.example.org"]],
  ["etcd-[!0]*", ["etcd-1"]],
  ["etcd[0]", ["etcd-0"]],
  ["etcd[1]", ["etcd-1"]],
  ["etcd[-1]", ["etcd-1"]],
  ["etcd[2]", []],
  ["all[0:1]", ["etcd-0", "etcd-1"]],
  ["all[1:]", ["etcd-1", "worker-0.example.org"]],
  ["all[1:9]:&etcd", ["etcd-1"]],
  ["all:!etcd[0]", ["etcd-1", "worker-0.example.org"]],
  ["etcd[0]:worker[0]", ["etcd-0", "worker-0.example.org"]],
  ["da[0:0]", ["etcd-0"]],
])("coveredNames() %s", (text, names) => {
  const pattern = parseHostPattern("hosts", text);

  expect("code" in pattern).toBe(false);
  if ("code" in pattern) return;
  expect([...coveredNames(pattern, HOSTS)]).toEqual(names);
});

test("coveredNames() counts places in the inventory's order, by group", () => {
  const hosts = [
    { name: "a", groups: ["web"], places: { all: 2, web: 1 } },
    { name: "b", groups: ["web"], places: { all: 1, web: 2 } },
    { name: "c", groups: ["web"], places: { all: 0, web: 0 } },
  ];
  const first = (text: string): string[] => {
    const pattern = parseHostPattern("hosts", text);
    return "code" in pattern ? [] : [...coveredNames(pattern, hosts)];
  };

  expect([first("web[0]"), first("web[1]"), first("all[1]"), first("web[-1]")]).toEqual([
    ["c"],
    ["a"],
    ["b"],
    ["b"],
  ]);
});

test.each([
  [""],
  ["a b"],
  ["{{ x }}"],
  ["{{ groups['x'] }}"],
  ["web[0"],
  ["~("],
  ["a/b"],
  [5],
  [[1]],
  [undefined],
])("parseHostPattern() refuses %j", (value) => {
  expect(parseHostPattern("hosts", value)).toMatchObject({ code: "AS1412" });
});

test.each([
  ["all", undefined, true],
  ["new", undefined, true],
  ["etcd", undefined, undefined],
  ["new[0]", undefined, undefined],
  ["etcd", ["etcd"], true],
  ["etcd", [], false],
  ["etcd[0]", ["etcd"], undefined],
  ["etcd[0]", [], false],
  ["all:!etcd[0]", ["etcd"], undefined],
  ["all:!etcd[0]", [], true],
  ["etcd,etcd[0]", ["etcd"], true],
])("covers() %s for groups %j: %s", (text, groups, expected) => {
  const pattern = parseHostPattern("hosts", text);

  expect("code" in pattern ? "fault" : covers(pattern, { name: "new", groups })).toBe(expected);
});
