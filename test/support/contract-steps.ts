/** Steps that many items begin with: make a project, a key, a device; wait for a state. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { sleep } from "../../core/bounded";
import type { ContractApi } from "./contract-api";
import * as wire from "./contract-objects";

/** Milliseconds between two looks at what is waited for. */
const POLL_MS = 25;
/** Milliseconds that anything waited for may take. */
const PATIENCE_MS = 60_000;

/** A plan, a system and a metro that go together. */
export const PLACEMENT = { plan: "c3.large.arm64", operating_system: "debian_13", metro: "da" };

/** A public key as OpenSSH writes it, with the MD5 of its blob in colon form. */
export interface PublicKey {
  readonly line: string;
  readonly fingerprint: string;
}

/** Makes an Ed25519 key that nobody has yet. */
export function newPublicKey(comment = "exam"): PublicKey {
  const { publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  const blob = Buffer.concat([sized(Buffer.from("ssh-ed25519")), sized(raw)]);
  const md5 = createHash("md5").update(blob).digest("hex");
  const fingerprint = md5.match(/../g)?.join(":") ?? "";
  return { line: `ssh-ed25519 ${blob.toString("base64")} ${comment}`, fingerprint };
}

function sized(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Makes a project. */
export async function makeProject(api: ContractApi, name = "exam"): Promise<wire.Project> {
  return (await api.post("/projects", { name })).is(201).as(wire.project);
}

/** Asks for a device; it has no keys unless the body says otherwise. */
export async function makeDevice(
  api: ContractApi,
  projectId: string,
  body: Readonly<Record<string, unknown>> = {},
): Promise<wire.Device> {
  const full = { ...PLACEMENT, no_ssh_keys: true, ...body };
  return (await api.post(`/projects/${projectId}/devices`, full)).is(201).as(wire.device);
}

/** Reads a device. */
export async function readDevice(api: ContractApi, id: string): Promise<wire.Device> {
  return (await api.get(`/devices/${id}`)).is(200).as(wire.device);
}

/** Asks for a device and waits until it is active. */
export async function makeActiveDevice(
  api: ContractApi,
  projectId: string,
  body: Readonly<Record<string, unknown>> = {},
): Promise<wire.Device> {
  const { id } = await makeDevice(api, projectId, body);
  return untilState(api, id, "active");
}

/** Waits for a state. @throws Error when the device fails instead, or takes too long */
export async function untilState(
  api: ContractApi,
  id: string,
  state: string,
): Promise<wire.Device> {
  const device = await until(
    () => readDevice(api, id),
    (it) => it.state === state || it.state === "failed",
    `device ${id} to be ${state}`,
  );
  if (device.state === state) return device;
  const { events } = (await api.get(`/devices/${id}/events`)).is(200).as(wire.events);
  throw new Error(`device ${id} failed: ${events[0]?.body ?? "without an event"}`);
}

/** Reads until what is read is as wanted. @throws Error after a minute, with what was read last */
export async function until<T>(
  read: () => Promise<T>,
  isDone: (value: T) => boolean,
  what: string,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (isDone(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`waited in vain for ${what}; last: ${JSON.stringify(value).slice(0, 800)}`);
    await sleep(POLL_MS);
  }
}

/** Carries out an action; its answer is checked. */
export async function act(
  api: ContractApi,
  id: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  (await api.post(`/devices/${id}/actions`, body)).is(202);
}

/** A port of a device by its name. @throws Error when it has none */
export function portOf({ network_ports: ports, id }: wire.Device, name: string): wire.Port {
  const found = ports.find((it) => it.name === name);
  if (found === undefined) throw new Error(`device ${id} has no port ${name}`);
  return found;
}

/** The address by which a machine is known to the services for nodes. @throws Error without one */
export function publicAddress({ ip_addresses: addresses, id }: wire.Device): string {
  const own = addresses.find((it) => it.public && it.address_family === 4);
  if (own === undefined) throw new Error(`device ${id} has no public address`);
  return own.address;
}
