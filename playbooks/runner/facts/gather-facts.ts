/** Facts of a host in Ansible's names, by one shell script in one round trip. */
import type { CallOptions } from "../../../core/bounded";
import type { Host } from "../host";
import { distributionFacts } from "./distribution";
import { factFiles } from "./fact-files";
import { FACTS_SCRIPT } from "./facts-script";
import { hardwareFacts } from "./hardware";
import { machineFacts } from "./machine";
import { networkFacts } from "./network";
import { splitParts, type Parts } from "./parts";

/**
 * Facts as variables: `ansible_distribution` and so on, and all of them once more without the
 * prefix below `ansible_facts`. What a host cannot tell is absent.
 */
export async function gatherFacts(
  host: Host,
  options: CallOptions,
): Promise<Record<string, unknown>> {
  const { stdout } = await host.query({ argv: ["/bin/sh", "-c", FACTS_SCRIPT] }, options);
  const facts = parseFacts(stdout);
  const prefixed = Object.entries(facts).map(([name, value]) => [`ansible_${name}`, value]);
  return { ...(Object.fromEntries(prefixed) as Record<string, unknown>), ansible_facts: facts };
}

/** The script's output as facts without prefix. */
export function parseFacts(printed: string): Record<string, unknown> {
  const parts = splitParts(printed);
  const files = factFiles(parts);
  const known = {
    ...systemFacts(parts, files),
    ...distributionFacts(files),
    ...userFacts(parts),
    ...hardwareFacts(parts, files),
    ...machineFacts(parts, files),
    ...networkFacts(parts),
    ...dateFacts(parts),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

function systemFacts(parts: Parts, files: Parts): Record<string, unknown> {
  // The version is the only one of them that may hold spaces.
  const [, system, node = "", kernel, version, machine] =
    /^(\S+) (\S+) (\S+) (.*) (\S+)$/.exec(parts.text("uname").trimEnd()) ?? [];
  const hostname = node.split(".", 1)[0];
  const fqdn = qualified(node, files.lines("hosts"));
  const [manager] = [...parts.lines("init"), ...files.lines("first-process")];
  return {
    system,
    nodename: node,
    hostname,
    fqdn,
    domain: fqdn.includes(".") ? fqdn.slice(fqdn.indexOf(".") + 1) : "",
    kernel,
    kernel_version: version,
    machine,
    architecture: machine,
    userspace_bits: machine?.includes("64") === true ? "64" : "32",
    machine_id: files.lines("machine-id")[0],
    service_mgr: manager,
    pkg_mgr: parts.lines("packages")[0]?.replace("apt-get", "apt"),
    cmdline: commandLine(files.text("cmdline")),
    gather_subset: ["all"],
    module_setup: true,
  };
}

/** The name with a domain that /etc/hosts gives the host: DNS is not asked, since it may hang. */
function qualified(node: string, hosts: readonly string[]): string {
  const names = hosts
    .map((line) => line.replace(/#.*/, "").trim().split(/\s+/).slice(1))
    .find((it) => it.includes(node));
  return names?.find((it) => it.includes(".") && it.split(".", 1)[0] === node) ?? node;
}

function commandLine(text: string): Record<string, unknown> {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const entries = words.map((it): [string, string | boolean] => {
    const at = it.indexOf("=");
    return at < 0 ? [it, true] : [it.slice(0, at), it.slice(at + 1)];
  });
  return Object.fromEntries(entries);
}

function userFacts(parts: Parts): Record<string, unknown> {
  const ids = idsOf(parts.text("id"));
  const [home, shell] = parts.lines("home");
  const env = parts.lines("environment").map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)];
  });
  return {
    user_gecos: parts.lines("gecos")[0] ?? "",
    ...ids,
    user_dir: home,
    user_shell: shell,
    env: Object.fromEntries(env) as Record<string, string>,
  };
}

/** From the line of `id`: `uid=1000(ops) gid=1000(ops) euid=0(root) groups=…`; the effective ones only where they differ. */
function idsOf(line: string): Record<string, unknown> {
  const read = (field: string): readonly [number: number, name: string | undefined] | undefined => {
    const [, number, name] = new RegExp(`\\b${field}=(\\d+)(?:\\(([^)]*)\\))?`).exec(line) ?? [];
    return number === undefined ? undefined : [Number(number), name];
  };
  const [user, group] = [read("uid"), read("gid")];
  const [effectiveUser, effectiveGroup] = [read("euid") ?? user, read("egid") ?? group];
  return {
    real_user_id: user?.[0],
    real_group_id: group?.[0],
    effective_user_id: effectiveUser?.[0],
    effective_group_id: effectiveGroup?.[0],
    user_id: effectiveUser?.[1],
    user_uid: effectiveUser?.[0],
    user_gid: effectiveGroup?.[0],
  };
}

function dateFacts(parts: Parts): Record<string, unknown> {
  const [epoch, date, time, tz, offset, year, month, day, hour, minute, second, weekday] =
    parts.lines("date")[0]?.split("|") ?? [];
  const moment = new Date(Number(epoch) * 1_000);
  // A clock may say anything.
  if (epoch === undefined || Number.isNaN(moment.getTime())) return {};
  const iso8601 = moment.toISOString().replace(".000", "");
  const stamp = `${date ?? ""}T${time ?? ""}`.replaceAll(/[-:]/g, "");
  return {
    date_time: {
      ...{ epoch, epoch_int: epoch, date, time, tz, tz_offset: offset, iso8601, weekday },
      ...{ year, month, day, hour, minute, second, iso8601_basic_short: stamp },
    },
  };
}
