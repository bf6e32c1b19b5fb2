/** Runs cases by Ansible, then by Armstead, on the same machine from the same start. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Ansible, type Played } from "./ansible";
import { runWithArmstead } from "./armstead";
import { filesOf, runsOf, type Case, type RunName } from "./case";
import { compare, type Difference } from "./compare";
import { Machine } from "./machine";
import type { Outcome } from "./outcome";
import { changesOf, readLocal, withPlainNames } from "./tree";

/** What became of a case. */
export interface Verdict {
  readonly differences: readonly Difference[];
  /** How Ansible's run for real ended. */
  readonly ends: Outcome["ends"];
  /** What both said, for whoever reads a failed test. */
  readonly told: string;
  readonly milliseconds: { readonly ansible: number; readonly ours: number };
}

type Play = (run: RunName) => Promise<Played>;

/** One machine; cases come one after the other. */
export class Bench {
  readonly #ansible: Ansible;
  /** What is beside the playbooks, and what they write there: the same place for both, since it is registered. */
  readonly #local = mkdtempSync(path.join(tmpdir(), "local-"));

  private constructor(readonly machine: Machine) {
    this.#ansible = new Ansible(machine.host);
  }

  static async start(): Promise<Bench> {
    return new Bench(await Machine.start());
  }

  async run(it: Case): Promise<Verdict> {
    const runs = runsOf(it);
    const { host } = this.machine;
    const started = Date.now();
    const ansible = await this.#side(it, runs, (run) => this.#ansible.run(it, run, this.#local));
    const between = Date.now();
    const ours = await this.#side(it, runs, (run) => runWithArmstead(host, it, run, this.#local));
    const milliseconds = { ansible: between - started, ours: Date.now() - between };
    const pairs = runs.flatMap((run, index) => {
      const [one, other] = [ansible[index], ours[index]];
      return one && other ? [{ run, one, other }] : [];
    });
    const texts = pairs.map(
      ({ run, one, other }) => `--- ${run}\nAnsible: ${one.told}\nArmstead: ${other.told}`,
    );
    return {
      differences: pairs.flatMap(({ run, one, other }) => compare(run, one, other)),
      ends: pairs.find(({ run }) => run === "apply")?.one.ends ?? "ok",
      told: texts.join("\n"),
      milliseconds,
    };
  }

  async stop(): Promise<void> {
    await this.#ansible.stop();
    await this.machine.stop();
    rmSync(this.#local, { recursive: true });
  }

  async #side(it: Case, runs: readonly RunName[], play: Play): Promise<Outcome[]> {
    if (it.restart) {
      this.#ansible.disconnect();
      await this.machine.restart();
    }
    await this.machine.reset();
    await this.machine.plant(changesOf("/", it.system));
    const roots = it.hosts.length === 1 ? [] : it.hosts;
    const folders = Object.fromEntries(roots.map((name) => [name, { folder: true } as const]));
    await this.machine.plant(changesOf("/t", { ...folders, ...it.tree }));
    this.#writeLocal(it);
    const outcomes: Outcome[] = [];
    for (const run of runs) {
      const played = await play(run);
      const tree = withPlainNames(this.machine.look());
      outcomes.push({ ...played, tree, local: readLocal(this.#local) });
    }
    return outcomes;
  }

  #writeLocal(it: Case): void {
    rmSync(this.#local, { recursive: true });
    mkdirSync(this.#local);
    for (const [name, content] of Object.entries(filesOf(it))) {
      const at = path.join(this.#local, name);
      mkdirSync(path.dirname(at), { recursive: true });
      writeFileSync(at, content);
    }
  }
}
