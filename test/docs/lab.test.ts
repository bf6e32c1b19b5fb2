/** docs/lab.md says what the lab does: its tables are compared with the catalogue, its example is carried out. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { LAB_API_PORT, LAB_NODE_PORT, LAB_SSH_PORT } from "../../core/lab-defaults";
import { METROS } from "../../lab/catalogue/locations";
import { PLANS } from "../../lab/catalogue/plans";
import { SYSTEMS } from "../../lab/catalogue/systems";
import { faultRuleSchema } from "../../lab/faults";
import leftOut from "../contract/left-out.json";
import { destroyTestLabs, startTestLab } from "../lab/support/lab";

const root = path.join(__dirname, "..", "..");
const page = readFileSync(path.join(root, "docs", "lab.md"), "utf8");

afterEach(destroyTestLabs);

/** Cells of the table's row that begins with a word in code. */
function rowOf(word: string): string[] {
  const rows = page.split("\n").map((line) => line.split("|").map((it) => it.trim()));
  return rows.find(([, first]) => first === `\`${word}\``) ?? [];
}

test("docs/lab.md lists the device plans with their hardware and their machines", () => {
  for (const { slug, description, specs, machine } of PLANS) {
    if (machine === undefined) continue;
    const { cpus, memoryMiB, diskMiB } = machine;
    expect(rowOf(slug).slice(2, 4)).toEqual([
      `${description}, ${specs?.memory.total ?? ""}`,
      `${cpus} CPU, ${memoryMiB} MiB memory, ${diskMiB} MiB disk`,
    ]);
  }
});

test("docs/lab.md names every operating system and metro, and the ports", () => {
  const words = [...SYSTEMS.map((it) => it.slug), ...METROS.map((it) => it.code)];
  for (const word of words) expect(page).toContain(`\`${word}\``);
  expect(page).toContain(`http://127.0.0.1:${LAB_API_PORT}/metal/v1`);
  expect(page).toContain(`http://127.0.0.1:${LAB_NODE_PORT}`);
  expect(page).toContain(`port ${LAB_SSH_PORT} `);
});

test("docs/lab.md lists every kind of fault with the fields of its own", () => {
  const shared = new Set(["kind", "times", "method", "path", "hostname"]);
  for (const { shape } of faultRuleSchema.options) {
    const [, , , fields = "missing"] = rowOf(z.string().parse([...shape.kind.values][0]));
    const own = Object.keys(shape).filter((it) => !shared.has(it));
    for (const field of own) expect(fields).toContain(`\`${field}\``);
    if (own.length === 0) expect(fields).toBe("");
  }
});

test("docs/lab.md gives every reason for which an item of the contract is left out", () => {
  for (const { why } of leftOut.leftOut) expect(page.replaceAll("**", "")).toContain(why);
});

test("docs/lab.md has a command that injects a fault as it stands there", async () => {
  const it = await startTestLab();
  const project = await it.project();
  const start = page.indexOf("    curl ");
  const command = page.slice(start, page.indexOf("\n\n", start));

  await promisify(execFile)("sh", ["-c", command.replace("curl", "curl -sSf")], { cwd: it.folder });
  const statuses: number[] = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await it.device(project)).status);

  expect(statuses).toEqual([500, 500, 201]);
});

test("README.md leads to docs/lab.md", () => {
  expect(readFileSync(path.join(root, "README.md"), "utf8")).toContain("(docs/lab.md)");
});
