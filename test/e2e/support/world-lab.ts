/**
 * The lab of an end-to-end test: a server process of its own, as `armstead lab up` starts it, so that it
 * can be stopped, killed and started again while terraform works.
 */
import { setTimeout as wait } from "node:timers/promises";
import { cacheFolder } from "../../../core/folders";
import type { LabConnection } from "../../../api/lab-connection";
import { labReset, labStatus, labUp } from "../../../lab/control";
import type { LabHome } from "../../../lab/drivers";
import type { FaultRuleInput } from "../../../lab/faults";
import type { ServeOptions } from "../../../lab/serve-options";

const POLL_MS = 50;

/** See the header. */
export class WorldLab {
  readonly #home: LabHome;
  #connection: LabConnection | undefined;

  constructor(readonly folder: string) {
    this.#home = { folder, cacheFolder: cacheFolder(process.env) };
  }

  /** How the running lab is reached. */
  get connection(): LabConnection {
    if (!this.#connection) throw new Error("the lab is not running");
    return this.#connection;
  }

  /** Starts the server, on `process` machines unless told otherwise; again after {@link stop} or {@link kill}, then on the same ports. */
  async start(
    rules: ServeOptions["rules"] = {},
    driver: ServeOptions["driver"] = "process",
  ): Promise<void> {
    this.#connection = await labUp(this.#home, {
      driver,
      port: 0,
      nodePort: 0,
      artifacts: true,
      rules: { timeScale: 0, ...rules },
    });
  }

  /** Ends the server in order; machines go on. */
  stop(): Promise<void> {
    return this.#end("SIGTERM");
  }

  /** `kill -9` of the server; machines go on. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  /** Asks for a fault. */
  async addFault(rule: FaultRuleInput): Promise<void> {
    await this.#admin("POST", JSON.stringify(rule));
  }

  /** Takes all faults back. */
  async clearFaults(): Promise<void> {
    await this.#admin("DELETE");
  }

  /** Waits until a device is in a state; until it is gone when none is given. */
  async reached(id: string, state?: string): Promise<void> {
    for (;;) {
      const { devices } = await labStatus(this.#home, {});
      if (devices.find((it) => it.id === id)?.state === state) return;
      await wait(POLL_MS);
    }
  }

  /** Ends the server and removes every machine. */
  async reset(): Promise<void> {
    await labReset(this.#home, {});
    this.#connection = undefined;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const { pid } = this.connection;
    this.#connection = undefined;
    process.kill(pid, signal);
    while (isAlive(pid)) await wait(POLL_MS);
  }

  async #admin(method: "POST" | "DELETE", body?: string): Promise<void> {
    const { endpoint, token } = this.connection;
    const answer = await fetch(new URL("/_lab/faults", endpoint), {
      method,
      headers: { "x-auth-token": token, "content-type": "application/json" },
      ...(body === undefined ? {} : { body }),
    });
    if (!answer.ok) throw new Error(`the lab says ${answer.status}: ${await answer.text()}`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
