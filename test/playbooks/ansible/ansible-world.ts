/** Plays by a real ansible-playbook on a real sshd, which all hosts are. */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { ansibleRunner } from "../../../playbooks/ansible/ansible";
import type * as own from "../../../playbooks/playbooks";
import type { RunEvent, RunInput, RunOptions, RunReport } from "../../../playbooks/playbooks";
import { ansibleFolders } from "../../support/ansible-folders";
import { type Sshd, startSshd } from "../../support/sshd";

/** What runs. */
export type Runner = Pick<typeof own, "parsePlaybooks" | "runPlaybooks">;

/** The runner that hands plays to the ansible-playbook of this machine. */
export const ansible = ansibleRunner(process.env);

/** What a run is made with, where it is not the usual. */
export interface AnsibleRun {
  readonly sources: readonly own.PlaybookSource[];
  readonly input?: Partial<RunInput>;
  readonly options?: Partial<RunOptions>;
}

/** See the header. */
export class AnsibleWorld {
  #sshd: Sshd | undefined;

  /** There while tests run. */
  get sshd(): Sshd {
    if (!this.#sshd) throw new Error("the server is not started");
    return this.#sshd;
  }

  /** A folder for plays, empty before every test. */
  get folder(): string {
    return path.join(this.sshd.folder, "work");
  }

  /** Starts the server before the tests of a file, and looks behind each what runs have left. */
  constructor() {
    beforeAll(async () => {
      this.#sshd = await startSshd();
    });
    afterAll(() => this.#sshd?.stop());
    beforeEach(() => {
      rmSync(this.folder, { recursive: true, force: true });
      mkdirSync(this.folder);
    });
    afterEach(() => {
      expect(ansibleFolders(this.sshd.port)).toEqual([]);
    });
  }

  /** An entry of the inventory: a is in the group web. */
  host(name: string): RunInput["inventory"][string] {
    const { address, port, user, hostKeys } = this.sshd;
    const groups = name === "a" ? ["web"] : [];
    return { address, port, user, hostKeys, groups, vars: { colour: "red" } };
  }

  /** Runs plays on a and b; playbooks with faults are a mistake of the test. */
  async run(
    runner: Runner,
    { sources, input = {}, options = {} }: AnsibleRun,
  ): Promise<{ readonly events: readonly RunEvent[]; readonly report: RunReport }> {
    const events: RunEvent[] = [];
    const files = input.files ?? new Map<string, string>();
    const { playbooks, faults } = runner.parsePlaybooks(sources, files);
    expect(faults).toEqual([]);
    const whole: RunInput = {
      inventory: { a: this.host("a"), b: this.host("b") },
      vars: { folder: this.folder, ansible_python_interpreter: "/usr/bin/python3" },
      secretVars: {},
      files,
      mode: "apply",
      forks: 5,
      ...input,
    };
    const report = await runner.runPlaybooks(playbooks, whole, {
      key: this.sshd.key,
      connectTimeout: 10_000,
      signal: new AbortController().signal,
      ...options,
      onEvent: (event) => events.push(event),
    });
    return { events, report };
  }
}
