/**
 * What the demo proves on the nodes themselves: each check runs commands over SSH and compares what
 * comes back. A check says what it saw, so that the table at the end is evidence and not a claim.
 */
import { randomUUID } from "node:crypto";
import { mapBounded } from "../core/bounded";
import { describeError, OuterFault } from "../core/faults";
import type { Secret } from "../core/secret";
import type { OpenHost } from "../playbooks/runner/transport/open-host";
import { type DemoNode, openNode } from "./node";

/** What checks need. */
export interface CheckContext {
  readonly nodes: readonly DemoNode[];
  readonly hosts: ReadonlyMap<string, OpenHost>;
  readonly key: Secret;
  readonly signal: AbortSignal;
  /** Files that every node must carry, as registry mirrors asked for. */
  readonly mirrorFiles: readonly string[];
  /** Whether the nodes are ARM64 machines with kernels of their own; false for processes. */
  readonly realMachines: boolean;
}

/** What was proved, by node name. */
export type Proofs = ReadonlyMap<string, readonly string[]>;

/** Nodes that are asked at once. */
const AT_ONCE = 8;

type Check = (context: CheckContext, node: DemoNode) => Promise<string>;

/** `uname -rv` of a node. */
export function readKernel(context: CheckContext, node: DemoNode): Promise<string> {
  return ask(context, node, ["uname", "-rv"]);
}

/**
 * Runs every check that concerns a node, on all nodes.
 * @throws OuterFault AS2504 naming every check that failed
 */
export async function proveNodes(context: CheckContext): Promise<Proofs> {
  const failures: string[] = [];
  const proofs = await mapBounded(context.nodes, AT_ONCE, async (node) => {
    const seen: string[] = [];
    for (const check of checksOf(node, context)) {
      try {
        seen.push(await check(context, node));
      } catch (error) {
        failures.push(`${node.name}: ${describeError(error)}`);
      }
    }
    return [node.name, seen] as const;
  });
  if (failures.length > 0) throw new OuterFault("AS2504", { problem: failures.sort().join("; ") });
  return new Map(proofs);
}

function checksOf({ role }: DemoNode, { realMachines }: CheckContext): Check[] {
  const always = [
    checkHostKey,
    checkMirrorFiles,
    ...(realMachines ? [checkKernel, checkArchitecture] : []),
  ];
  if (role === "etcd-member") return [...always, checkQuorum, checkWriteAndRead];
  return [...always, checkGateway];
}

/** The pinned key let us in; another key, of the same kind, must not. */
async function checkHostKey(context: CheckContext, node: DemoNode): Promise<string> {
  const others = context.nodes
    .filter(({ name }) => name !== node.name)
    .flatMap((it) => it.host_keys);
  try {
    (await openNode({ ...node, host_keys: others }, context)).close();
  } catch (error) {
    if (error instanceof OuterFault && error.code === "AS2203") return "host key strict";
    throw error;
  }
  throw new Error("a connection with a wrong host key was accepted");
}

async function checkMirrorFiles(context: CheckContext, node: DemoNode): Promise<string> {
  for (const file of context.mirrorFiles) {
    const size = await ask(context, node, ["wc", "-c", file]);
    if (Number.parseInt(size, 10) === 0) throw new Error(`${file} is empty`);
  }
  return `${context.mirrorFiles.length} mirror files`;
}

async function checkKernel(context: CheckContext, node: DemoNode): Promise<string> {
  const version = await ask(context, node, ["uname", "-v"]);
  const realtime = version.split(/\s+/).includes("PREEMPT_RT");
  if (realtime !== (node.kernel === "realtime"))
    throw new Error(`wanted a ${node.kernel} kernel, got ${version}`);
  return realtime ? "PREEMPT_RT" : "standard kernel";
}

async function checkArchitecture(context: CheckContext, node: DemoNode): Promise<string> {
  const machine = await ask(context, node, ["uname", "-m"]);
  if (machine !== "aarch64") throw new Error(`not an ARM64 machine: ${machine}`);
  return machine;
}

async function checkQuorum(context: CheckContext, node: DemoNode): Promise<string> {
  const members = context.nodes.filter(({ role }) => role === "etcd-member");
  const list = await etcdctl(context, node, node, ["member", "list"]);
  const started = list.split("\n").filter((line) => line.split(", ")[1] === "started");
  if (started.length !== members.length)
    throw new Error(`${started.length} of ${members.length} members started:\n${list}`);
  await etcdctl(context, node, node, ["endpoint", "health", "--cluster"]);
  return `quorum of ${started.length} healthy`;
}

/** Writes through this member, reads through the next one. */
async function checkWriteAndRead(context: CheckContext, node: DemoNode): Promise<string> {
  const members = context.nodes.filter(({ role }) => role === "etcd-member");
  const next = members[(members.indexOf(node) + 1) % members.length] ?? node;
  await writeAndRead(context, node, next);
  return `key written here, read through ${next.name}`;
}

/** Writes through a member, reads through this node's gateway. */
async function checkGateway(context: CheckContext, node: DemoNode): Promise<string> {
  const member = context.nodes.find(({ role }) => role === "etcd-member");
  if (!member) throw new Error("there is no etcd member");
  await writeAndRead(context, member, node);
  return `key written through ${member.name}, read through the gateway here`;
}

async function writeAndRead(
  context: CheckContext,
  writer: DemoNode,
  reader: DemoNode,
): Promise<void> {
  const [key, value] = [`/armstead/demo/${randomUUID()}`, randomUUID()];
  await etcdctl(context, writer, writer, ["put", key, value]);
  const seen = await etcdctl(context, reader, reader, ["get", "--print-value-only", key]);
  if (seen !== value)
    throw new Error(
      `wrote ${value} through ${writer.name}, read ${JSON.stringify(seen)} through ${reader.name}`,
    );
  await etcdctl(context, writer, writer, ["del", key]);
}

function etcdctl(
  context: CheckContext,
  on: DemoNode,
  endpoint: DemoNode,
  words: readonly string[],
): Promise<string> {
  const flags = [
    "--endpoints",
    `http://${endpoint.private_address}:2379`,
    "--command-timeout",
    "20s",
  ];
  return ask(context, on, ["etcdctl", ...flags, ...words]);
}

async function ask(
  { hosts, signal }: CheckContext,
  node: DemoNode,
  argv: readonly string[],
): Promise<string> {
  const host = hosts.get(node.name);
  if (!host) throw new Error(`no connection to ${node.name}`);
  const { code, stdout, stderr } = await host.query({ argv, timeout: 60_000 }, { signal });
  if (code !== 0)
    throw new Error(`${argv.join(" ")} ended with ${code}: ${stderr.trim() || stdout.trim()}`);
  return stdout.trim();
}
