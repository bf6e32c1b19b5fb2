/** Runs playbooks of a test on hosts in memory, with the real modules. */
import { formatFault } from "../../../../core/faults";
import type { Secret } from "../../../../core/secret";
import type { InventoryHost } from "../../../../playbooks/model/inventory-host";
import { readPlaybooks } from "../../../../playbooks/model/parse-playbooks";
import { runChecked } from "../../../../playbooks/runner/engine/run-playbooks";
import type { Machinery, RunInput } from "../../../../playbooks/runner/engine/run";
import type { RunEvent, RunReport } from "../../../../playbooks/runner/events";
import { MODULES } from "../../../../playbooks/runner/modules/registry";
import { templateRules } from "../../../../playbooks/runner/template/rules";
import { FakeHost, type Answers } from "./fake-host";

/** A run in memory. */
export interface FakeRun extends Partial<Omit<RunInput, "inventory" | "files" | "secretVars">> {
  /** The playbook's lines. */
  readonly playbook: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** @default - a and b in group one, c in group two */
  readonly hosts?: Readonly<Record<string, Partial<InventoryHost>>>;
  readonly secretVars?: Readonly<Record<string, Secret>>;
  readonly answers?: Answers;
  /** Hosts to which no connection can be made. */
  readonly openHost?: Machinery["openHost"];
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** What came of it. */
export interface FakeRunResult {
  readonly report: RunReport;
  readonly events: readonly RunEvent[];
  readonly targets: ReadonlyMap<string, FakeHost>;
}

const HOSTS = { a: { groups: ["one"] }, b: { groups: ["one"] }, c: { groups: ["two"] } };
const FACTS = { ansible_architecture: "aarch64", ansible_facts: { architecture: "aarch64" } };

/** Parses and runs; a playbook with faults is a mistake of the test. */
export async function runFake(run: FakeRun): Promise<FakeRunResult> {
  const files = new Map(Object.entries(run.files ?? {}));
  const rules = { modules: MODULES, templates: templateRules() };
  const source = { name: "site.yml", content: run.playbook.join("\n") };
  const { playbooks, faults } = readPlaybooks(rules, [source], files);
  if (faults.length > 0) throw new Error(faults.map(formatFault).join("\n"));
  const targets = new Map<string, FakeHost>();
  const events: RunEvent[] = [];
  const machinery: Machinery = {
    modules: MODULES,
    gatherFacts: () => Promise.resolve(FACTS),
    openHost:
      run.openHost ??
      (({ name }) => {
        const target = new FakeHost(name, run.answers);
        targets.set(name, target);
        return Promise.resolve(target);
      }),
  };
  const report = await runChecked(playbooks, inputOf(run, files), {
    machinery,
    options: {
      signal: run.signal ?? new AbortController().signal,
      connectTimeout: 1_000,
      clock: () => 0,
      onEvent: (event) => {
        events.push(event);
        run.onEvent?.(event);
      },
    },
  });
  return { report, events, targets };
}

/** The ends of tasks as lines: `a command changed`, with the message behind a colon. */
export function taskLines(events: readonly RunEvent[]): string[] {
  return events.flatMap((it) =>
    it.event === "task.end" && it.module !== "setup"
      ? [`${it.host} ${it.task} ${it.status}${it.message === undefined ? "" : `: ${it.message}`}`]
      : [],
  );
}

function inputOf(run: FakeRun, files: ReadonlyMap<string, string>): RunInput {
  const hosts = Object.entries<Partial<InventoryHost>>(run.hosts ?? HOSTS);
  const inventory = hosts.map(([name, it], index): [string, InventoryHost] => [
    name,
    { address: `127.0.0.${index + 1}`, user: "root", hostKeys: [], groups: [], vars: {}, ...it },
  ]);
  return {
    inventory: Object.fromEntries(inventory),
    vars: run.vars ?? {},
    secretVars: run.secretVars ?? {},
    files,
    mode: run.mode ?? "apply",
    forks: run.forks ?? 5,
    ...(run.withheld === undefined ? {} : { withheld: run.withheld }),
    ...(run.owed === undefined ? {} : { owed: run.owed }),
    ...(run.limit === undefined ? {} : { limit: run.limit }),
    ...(run.tags === undefined ? {} : { tags: run.tags }),
    ...(run.skipTags === undefined ? {} : { skipTags: run.skipTags }),
    ...(run.diff === undefined ? {} : { diff: run.diff }),
    ...(run.tellFiles === undefined ? {} : { tellFiles: run.tellFiles }),
  };
}
