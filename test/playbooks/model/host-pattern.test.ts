import { covers, coversUnknown, parseHostPattern } from "../../../playbooks/model/host-pattern";

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
])("covers() %s", (text, names) => {
  const pattern = parseHostPattern("hosts", text);

  expect("code" in pattern).toBe(false);
  if ("code" in pattern) return;
  expect(HOSTS.filter((it) => covers(pattern, it)).map((it) => it.name)).toEqual(names);
});

test.each([[""], ["a b"], ["{{ x }}"], ["a[0]"], ["~a.*"], [5], [[1]], [undefined]])(
  "parseHostPattern() refuses %j",
  (value) => {
    expect(parseHostPattern("hosts", value)).toMatchObject({ code: "AS1412" });
  },
);

test("coversUnknown() is sure only where groups do not count", () => {
  const parsed = ["all", "new", "etcd"].map((it) => parseHostPattern("hosts", it));

  const answers = parsed.map((it) => ("code" in it ? "fault" : coversUnknown(it, "new")));

  expect(answers).toEqual([true, true, undefined]);
});
