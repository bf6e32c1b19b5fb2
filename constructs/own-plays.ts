/** The user's own playbooks: files beside them, and plays that run on one pool only. Pure. */
import { posix } from "node:path";
import { isMap, isNode, isSeq, parseDocument } from "yaml";
import type { PlaybookFile } from "../cluster";
import { fault, type Fault, throwIfAny } from "../core/faults";
import type { DeploymentPlay } from "./deployment-play";

/**
 * The files of all playbooks, by path: each beside its playbook, where tasks look first.
 * @throws UserFault AS1602 when two playbooks bring different files of one path
 */
export function mergeFiles(plays: readonly DeploymentPlay[]): Record<string, string> {
  const files = new Map<string, { readonly content: string; readonly of: string }>();
  const faults: Fault[] = [];
  for (const { name: of, files: own } of plays) {
    for (const [file, content] of Object.entries(own)) {
      const path = posix.join(posix.dirname(of), file);
      const other = files.get(path);
      if (other && other.content !== content) {
        const problem = `${other.of} and ${of} bring different files of the path`;
        faults.push(fault("AS1602", "", { problem, given: path }));
      }
      files.set(path, { content, of });
    }
  }
  throwIfAny(faults);
  return Object.fromEntries([...files].map(([path, { content }]) => [path, content]));
}

/**
 * The playbook with every play bound to a pool: `all` becomes the pool, any other pattern is
 * narrowed to it. Lines and columns of what follows stay as they are in the file.
 */
export function restrictToPool(
  { written, content, files }: PlaybookFile,
  pool: string,
): DeploymentPlay {
  const plays = parseDocument(content).contents;
  const ranges = isSeq(plays) ? plays.items.flatMap(hostsOf) : [];
  let text = content;
  for (const { from, to, pattern } of ranges.reverse()) {
    const narrowed = pattern === "all" ? pool : `${pattern}:&${pool}`;
    // As many lines as before, so that places in the file stay what they are.
    const lines = text.slice(from, to).replace(/[^\n]/g, "");
    text = `${text.slice(0, from)}${JSON.stringify(narrowed)}${lines}${text.slice(to)}`;
  }
  return { name: playName(written, pool), content: text, files };
}

interface HostsValue {
  readonly from: number;
  readonly to: number;
  readonly pattern: string;
}

function hostsOf(play: unknown): HostsValue[] {
  const hosts = isMap(play) ? play.get("hosts", true) : undefined;
  if (!isNode(hosts) || !hosts.range) return [];
  const [from, to] = hosts.range;
  const pattern: unknown = hosts.toJSON();
  return [{ from, to, pattern: Array.isArray(pattern) ? pattern.join(",") : String(pattern) }];
}

/**
 * The name of a playbook, which is a path too: files are looked for beside it. Steps upwards are
 * left out, as nothing may lie outside of what travels; of a path that starts at the root or at
 * home, only the end is kept, since the rest names a machine or a person.
 */
export function playName(written: string, pool?: string): string {
  const steps = written.split(/[/\\]/);
  const named = steps.filter((it) => !["", ".", "..", "~"].includes(it));
  const kept = ["", "~"].includes(steps[0] ?? "") ? named.slice(-2) : named;
  return posix.join(...(pool === undefined ? [] : [pool]), ...kept);
}
