/** docs/starlingx.md says what the tables of configurations say. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type Configuration,
  CONFIGURATIONS,
  hasWorkerSubfunction,
  type HostCount,
  PERSONALITIES,
} from "../../cluster/deployments/starlingx/configurations";
import { STARLINGX_NAMES } from "../../cluster/deployments/starlingx/kinds";

const root = path.join(__dirname, "..", "..");
const text = readFileSync(path.join(root, "docs", "starlingx.md"), "utf8");

test("docs/starlingx.md has a row a configuration, with its numbers", () => {
  const rows = text
    .split("\n")
    .filter((it) => it.startsWith("| `starlingx/"))
    .map((it) => it.replace(/ +/g, " "));

  expect(rows).toEqual(Object.values(CONFIGURATIONS).map(rowOf));
});

test("there is an example of every kind", () => {
  const missing = STARLINGX_NAMES.filter(
    (it) => !existsSync(path.join(root, "examples", `starlingx-${it}`, "cluster.yaml")),
  );

  expect(missing).toEqual([]);
});

function rowOf(it: Configuration): string {
  const { name, systemType, systemModes, hosts } = it;
  const lowLatency = PERSONALITIES.filter(
    (role) => hosts[role].max > 0 && hasWorkerSubfunction(it, role),
  );
  const cells = [
    `\`starlingx/${name}\``,
    systemType,
    systemModes.join(", "),
    ...PERSONALITIES.map((role) => countOf(hosts[role])),
    lowLatency.join(", "),
  ];
  return `| ${cells.join(" | ")} |`;
}

function countOf({ min, max }: HostCount): string {
  return min === max ? String(min) : `${min} to ${max}`;
}
