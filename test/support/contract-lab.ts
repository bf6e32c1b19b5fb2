/**
 * The server under exam: a lab of its own for a test file, over real process machines, on ports of its
 * own. Everything that the exam hears from it is checked when a test ends; nothing is left behind.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheFolder } from "../../core/folders";
import type { Architecture } from "../../core/names";
import type { LabRules } from "../../lab/context";
import type { FaultRuleInput } from "../../lab/faults";
import { type RunningLab, startLab } from "../../lab/lab";
import { createProcessDriver } from "../../lab/process/process-driver";
import { ContractApi } from "./contract-api";
import { StrictDecoder } from "./openapi-decoder";
import { specFile, tryReadSpec } from "./openapi-spec";

/** Milliseconds that a lab may take to come and to go; the very first builds the machines' root. */
const LAB_TIMEOUT_MS = 300_000;
const TEST_TIMEOUT_MS = 90_000;

/** The decoder of the OpenAPI subset; undefined, with a word about it, where the subset is absent. */
export const strictDecoder = tryCreateDecoder();

/** How the lab is to behave. */
export interface ExamOptions extends Partial<LabRules> {
  /** In force from the start. @default - none */
  readonly faults?: readonly FaultRuleInput[];
}

/** A lab, from the first `beforeAll` to the last `afterAll` of a file. */
export class ExamLab {
  readonly #options: ExamOptions;
  readonly #decoder: StrictDecoder | undefined;
  #folder: string | undefined;
  #running: RunningLab | undefined;
  #api: ContractApi | undefined;

  constructor(options: ExamOptions, decoder: StrictDecoder | undefined) {
    this.#options = options;
    this.#decoder = decoder;
  }

  /** The API under its prefix, with the lab's own token. */
  get api(): ContractApi {
    return started(this.#api);
  }

  /** Base URL of the services for nodes. */
  get nodeServices(): string {
    return started(this.#running).connection.nodeServices;
  }

  /** Injects a fault. */
  addFault(rule: FaultRuleInput): void {
    started(this.#running).faults.add(rule);
  }

  /** Starts the lab, new or on what an earlier start left. */
  async start(): Promise<void> {
    const { faults = [], ...rules } = this.#options;
    this.#folder ??= await mkdtemp(path.join(tmpdir(), "exam-"));
    const driver = createProcessDriver({
      folder: path.join(this.#folder, "machines"),
      cacheFolder: cacheFolder(process.env),
      caller: { user: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0 },
      architecture: hostArchitecture(),
    });
    this.#running = await startLab({ folder: this.#folder, driver, rules });
    for (const rule of faults) this.#running.faults.add(rule);
    const { endpoint, token } = this.#running.connection;
    this.#api = new ContractApi({ base: endpoint, token, decoder: this.#decoder });
  }

  /** Ends the server; machines go on. */
  async stop(): Promise<void> {
    await started(this.#running).stop();
  }

  /** Ends the server and its machines. */
  async destroy(): Promise<void> {
    await this.#running?.destroy();
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A lab for the tests of this file (or of the `describe` that this is called in). */
export function useLab(options: ExamOptions = {}): ExamLab {
  const lab = new ExamLab(options, strictDecoder);
  beforeAll(() => lab.start(), LAB_TIMEOUT_MS);
  afterEach(() => {
    expect(lab.api.takeFindings()).toEqual([]);
  });
  afterAll(() => lab.destroy(), LAB_TIMEOUT_MS);
  jest.setTimeout(TEST_TIMEOUT_MS);
  return lab;
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("the lab of this file has not been started");
  return part;
}

function tryCreateDecoder(): StrictDecoder | undefined {
  const file = specFile(process.env);
  const spec = tryReadSpec(file);
  if (spec) return new StrictDecoder(spec);
  process.stderr.write(`contract: answers are not decoded strictly, as there is no ${file}\n`);
  return undefined;
}

function hostArchitecture(): Architecture {
  return process.arch === "arm64" ? "arm64" : "amd64";
}
