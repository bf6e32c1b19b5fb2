/** `lookup('env', …)`: there for `armstead play`, whose plays run at once, and for no plan. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parsePlaybooks } from "../../../playbooks/playbooks";
import { newFolder, runHere } from "../../support/command-line";

const folder = newFolder();
const CONTENT = writing(
  "told",
  "{{ lookup('env', 'WORD') }}|{{ lookup('env', 'NONE') }}|{{ lookup('env', 'NONE', default='d') }}|{{ q('env', 'WORD', 'toString') | length }}",
);

/** A play for this machine that writes what a template gives. */
function writing(name: string, template: string): string {
  return `- hosts: localhost
  gather_facts: false
  tasks:
    - copy:
        dest: ${folder}/${name}
        content: "${template}"
`;
}

test("armstead play reads its environment, as data", async () => {
  writeFileSync(path.join(folder, "site.yml"), CONTENT);

  const { code, stderr } = await runHere(["play", "site.yml", "-i", "nobody,"], {
    folder,
    environment: { WORD: "{{ bad }} $(touch bad) 'x'" },
  });

  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  expect(readFileSync(path.join(folder, "told"), "utf8")).toBe("{{ bad }} $(touch bad) 'x'||d|2");
});

test("plays of a plan are refused it, with its place and the way out", () => {
  const { faults } = parsePlaybooks([{ name: "site.yml", content: CONTENT }], new Map());

  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({
    code: "AS1411",
    position: { file: "site.yml", line: 6 },
    problem: "the lookup env is refused",
    hint: expect.stringContaining("give the value as a variable") as string,
  });
});

test("armstead play looks at the clock, and plays of a plan do not", async () => {
  const content = writing(
    "moment",
    "{{ now(true, '%Y-%m-%dT%H:%M:%SZ') }} {{ '%s' | strftime }} {{ (now() - now()).days | abs <= 1 }} {{ now(utc=true).year }}",
  );
  writeFileSync(path.join(folder, "moment.yml"), content);
  const before = Math.floor(Date.now() / 1000);

  const { code } = await runHere(["play", "moment.yml", "-i", "nobody,"], { folder });

  const [moment = "", seconds, days, year] = readFileSync(
    path.join(folder, "moment"),
    "utf8",
  ).split(" ");
  expect({ code, days, year }).toEqual({ code: 0, days: "True", year: moment.slice(0, 4) });
  expect(Date.parse(moment) / 1000).toBeGreaterThanOrEqual(before);
  expect(Number(seconds)).toBeGreaterThanOrEqual(before);
  expect(Date.now() / 1000).toBeGreaterThanOrEqual(Number(seconds));
  const { faults } = parsePlaybooks([{ name: "moment.yml", content }], new Map());
  expect(faults.map((it) => it.problem)).toEqual([
    "the function now is refused",
    "the filter strftime is refused here",
  ]);
});
