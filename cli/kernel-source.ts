/** Kernels to judge: from a config file here, or from a node over SSH, of which nothing is changed. */
import { closeSync, openSync, readSync } from "node:fs";
import path from "node:path";
import { describeReadFailure } from "../cluster/references";
import type { CallOptions } from "../core/bounded";
import { fault, OuterFault, UserFault } from "../core/faults";
import type { KernelConfig } from "../images/kernel/config/kernel-config";
import { parseKernelConfig } from "../images/kernel/config/parse-config";
import { CONFIG_LIMIT_BYTES } from "../images/kernel/config/unpack-config";
import { tryParseVersion } from "../images/kernel/kernel-version";
import {
  NODE_KERNEL_SCRIPT,
  type NodeKernel,
  tryParseNodeKernel,
} from "../images/kernel/node-kernel";
import type { CgroupVersion, KernelFacts } from "../images/kernel/requirements/requirement";
import type { Host } from "../playbooks/runner/host";

/** A kernel with all that it is judged by. */
export interface KernelSource {
  /** As the user knows the file; on a node with the node's name before it. */
  readonly file: string;
  readonly release: string;
  /** Undefined for a file. */
  readonly node?: NodeKernel;
  readonly config: KernelConfig;
  readonly facts: KernelFacts;
}

/** What the command line says of the kernel. */
export interface GivenFacts {
  /** @default - what the file, or the node, says */
  readonly release?: string;
  /** @default - what the node has; 2 where it does not say, and for files */
  readonly cgroup?: CgroupVersion;
}

const DEFAULT_CGROUP: CgroupVersion = 2;

/** @throws UserFault AS1001, AS1701 to AS1704 */
export function readKernelFile(file: string, given: GivenFacts, folder: string): KernelSource {
  const config = parseKernelConfig(readBytes(path.resolve(folder, file), file), file);
  const release = given.release ?? config.version ?? "";
  const version = tryParseVersion(release);
  if (!version) {
    const hint = "say which kernel it is: --release 6.12.1";
    throw new UserFault([fault("AS1704", "", { given: file, hint })]);
  }
  return { file, release, config, facts: { version, cgroup: given.cgroup ?? DEFAULT_CGROUP } };
}

/** @throws UserFault AS1701 to AS1703 for the node's config, OuterFault AS22…, AS2480, AS2481 */
export async function readNodeKernel(
  host: Host,
  given: Pick<GivenFacts, "cgroup">,
  options: CallOptions,
): Promise<KernelSource> {
  const answer = await host.query({ script: NODE_KERNEL_SCRIPT }, options);
  const node = tryParseNodeKernel(answer.stdout);
  const version = node && tryParseVersion(node.release);
  if (!node || !version) {
    const problem = `${host.name} does not tell what kernel it runs`;
    throw new OuterFault("AS2481", { problem });
  }
  const { configFile, release, saysRealtime } = node;
  const content = configFile && (await host.readFile(configFile, options));
  if (configFile === undefined || !content) {
    const problem = `${host.name} shows no config of its kernel ${release}`;
    throw new OuterFault("AS2480", { problem });
  }
  const file = `${host.name}:${configFile}`;
  const cgroup = given.cgroup ?? node.cgroup ?? DEFAULT_CGROUP;
  const config = parseKernelConfig(content, file);
  return { file, release, node, config, facts: { version, cgroup, saysRealtime } };
}

/** One byte more than a config may have is enough to see that it is none. */
function readBytes(absolute: string, shown: string): Buffer {
  const buffer = Buffer.alloc(CONFIG_LIMIT_BYTES + 1);
  try {
    const file = openSync(absolute, "r");
    try {
      let size = 0;
      for (let read = -1; read !== 0 && size < buffer.length; size += read) {
        read = readSync(file, buffer, size, buffer.length - size, null);
      }
      return buffer.subarray(0, size);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new UserFault([fault("AS1001", "", { given: shown, hint: describeReadFailure(error) })]);
  }
}
