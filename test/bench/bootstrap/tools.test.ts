import { changedByHost, type ToolName } from "../../../bench/bootstrap/tools";

test.each<readonly [ToolName, string, readonly number[]]>([
  ["armstead", "host      status  ok  changed  skipped\nnode-001  ok      5   4        0  \n", [4]],
  ["armstead", "node-001  failed  5   4        0  \n", []],
  [
    "ansible tuned",
    "node-001                   : ok=5    changed=0    unreachable=0    failed=0    skipped=0\n",
    [0],
  ],
  ["ansible default", "node-001  : ok=5    changed=4    unreachable=1    failed=0    \n", []],
])("%s tells its changes: %j", (tool, output, expected) => {
  expect(changedByHost(tool, output)).toEqual(expected);
});
