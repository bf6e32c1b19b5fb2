/** A lab in a temporary folder, and requests to it. */
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LabConnection } from "../../../api/lab-connection";
import { type LabOptions, type RunningLab, startLab } from "../../../lab/lab";
import { MemoryDriver } from "./memory-driver";

/** What tests look at in answers; everything else by matchers. */
export interface Body {
  readonly id: string;
  readonly href: string;
  readonly state: string;
  readonly type: string;
  readonly token: string;
  readonly network_type: string;
  readonly errors: string[];
  readonly devices: Body[];
  readonly events: Body[];
  readonly ip_addresses: (Body & { readonly address: string; readonly network: string })[];
  readonly network_ports: (Body & { readonly name: string })[];
  readonly provisioning_events: Body[];
  readonly meta: { readonly total: number; readonly next: Body | null };
  readonly [name: string]: unknown;
}

/** An answer of the API. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  /** The body as it came. */
  readonly text: string;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export class TestLab {
  constructor(
    readonly lab: RunningLab,
    readonly driver: MemoryDriver,
    readonly folder: string,
  ) {}

  /** A request to the API; the token is the lab's unless another is given. */
  async call(method: Method, url: string, sent?: unknown, token?: string): Promise<Reply> {
    const { endpoint, token: own } = this.lab.connection;
    return callApi({ endpoint, token: token ?? own }, method, url, sent);
  }

  /** A project with one key. @returns its id */
  async project(name = "test"): Promise<string> {
    const { body } = await this.call("POST", "/projects", { name });
    await this.call("POST", `/projects/${body.id}/ssh-keys`, { label: "k", key: newPublicKey() });
    return body.id;
  }

  /** A device, as the answer to its creation shows it. */
  async device(projectId: string, extra: object = {}): Promise<Reply> {
    return this.call("POST", `/projects/${projectId}/devices`, { ...MINIMAL, ...extra });
  }

  /** A device that is active. @returns its id */
  async activeDevice(projectId: string, extra: object = {}): Promise<string> {
    const { body } = await this.device(projectId, extra);
    await this.lab.settled(body.id);
    return body.id;
  }

  /** Stops the server and starts another on the same folder and machines. */
  async restarted(options: Partial<Omit<LabOptions, "driver">> = {}): Promise<TestLab> {
    await this.lab.stop();
    return startTestLab({ folder: this.folder, driver: this.driver, ...options });
  }
}

/** A request to a lab's API, without prefix unless the path has it. */
export async function callApi(
  { endpoint, token }: Pick<LabConnection, "endpoint" | "token">,
  method: Method,
  url: string,
  sent?: unknown,
): Promise<Reply> {
  const answer = await fetch(new URL(url, endpoint), {
    method,
    headers: {
      "x-auth-token": token,
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
  });
  const text = await answer.text();
  const headers = Object.fromEntries(answer.headers);
  const json = headers["content-type"]?.startsWith("application/json") === true;
  const body = (json ? JSON.parse(text) : {}) as Body;
  return { status: answer.status, headers, body, text };
}

/** The least that a create request needs. */
export const MINIMAL = { plan: "c3.large.arm64", operating_system: "debian_13", metro: "da" };

export async function startTestLab(
  options: Partial<Omit<LabOptions, "driver">> & { readonly driver?: MemoryDriver } = {},
): Promise<TestLab> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), "lab-")));
  const driver = options.driver ?? new MemoryDriver();
  const rules = { timeScale: 0, watchEveryMs: 20, ...options.rules };
  const lab = await startLab({ ...options, folder, driver, rules });
  started.push(lab);
  return new TestLab(lab, driver, folder);
}

const started: RunningLab[] = [];

/** Ends every lab of this test file that still runs: for `afterEach`. */
export async function destroyTestLabs(): Promise<void> {
  for (const it of started.splice(0)) await it.destroy();
}

/** A fresh OpenSSH public key. */
export function newPublicKey(comment = "test"): string {
  const { publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const blob = Buffer.concat([part(Buffer.from("ssh-ed25519")), part(raw)]);
  return `ssh-ed25519 ${blob.toString("base64")} ${comment}`;
}

/** Waits until a condition holds. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
