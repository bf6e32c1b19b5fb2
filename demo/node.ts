/** The cluster's nodes as the stack's outputs tell them: what the demo knows of a node, and nothing else. */
import { z } from "zod";
import type { Secret } from "../core/secret";
import { type OpenHost, openHost } from "../playbooks/runner/transport/open-host";

const nodeSchema = z.object({
  role: z.string(),
  kernel: z.enum(["standard", "realtime"]),
  address: z.string(),
  port: z.number(),
  user: z.string(),
  private_address: z.string(),
  host_keys: z.array(z.string()).min(1),
});

/** One node. */
export interface DemoNode extends z.output<typeof nodeSchema> {
  readonly name: string;
}

/** Reads the stack's output `nodes`, sorted by name. */
export function readNodes(output: unknown): DemoNode[] {
  return Object.entries(z.record(z.string(), nodeSchema).parse(output))
    .map(([name, it]) => ({ ...it, name }))
    .sort((left, right) => left.name.localeCompare(right.name));
}

/** Opens a connection, with the host key that Terraform pinned as the only one allowed. */
export function openNode(
  { name, address, port, user, host_keys: hostKeys }: DemoNode,
  options: { readonly key: Secret; readonly signal: AbortSignal },
): Promise<OpenHost> {
  return openHost({ name, address, port, user, hostKeys }, { ...options, connectTimeout: 20_000 });
}
