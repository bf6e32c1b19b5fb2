/**
 * A plan as a shell script of skopeo's commands. Pure. All platforms of an image are copied: what skopeo takes of itself is the
 * platform of the machine that it runs on, and one platform alone has another digest. Passwords come from the
 * environment by standard input, so that no process list shows them. Source: skopeo-sync(1), skopeo-copy(1).
 */
import { stringify } from "yaml";
import type { MirrorEndpoint } from "../../cluster";
import { hostOf, isLoose } from "../../cluster/mirror-features";
import type { SyncPlan } from "./sync-plan";

const END = "END_OF_PLAN";

/** The script; empty without a step. */
export function syncScript({ syncs, copies }: SyncPlan): string {
  if (syncs.length === 0) return "";
  const endpoints = [...syncs, ...copies].map(({ endpoint }) => endpoint);
  const commands = syncs.map(({ endpoint, destination, images }) => {
    const flags = [
      "--all",
      "--preserve-digests",
      "--src yaml --dest docker",
      ...destinationFlags(endpoint),
    ];
    return `skopeo sync ${flags.join(" ")} /dev/stdin ${destination} <<'${END}'\n${planFile(images)}${END}`;
  });
  const renamed = copies.map(({ endpoint, from, to }) => {
    const flags = ["--all", "--preserve-digests", ...destinationFlags(endpoint)];
    return `skopeo copy ${flags.join(" ")} docker://${from} docker://${to}`;
  });
  return `${[...preparation(endpoints), ...commands, ...renamed].join("\n")}\n`;
}

/** What `skopeo sync --src yaml` reads. */
export function planFile(images: SyncPlan["syncs"][number]["images"]): string {
  const plan = Object.fromEntries(
    Object.entries(images).map(([registry, names]) => [registry, { images: names }]),
  );
  return stringify(plan, { defaultStringType: "QUOTE_DOUBLE", lineWidth: 0 });
}

function preparation(endpoints: readonly MirrorEndpoint[]): string[] {
  const hosts = new Map(endpoints.map((it) => [hostOf(it.url), it]));
  const lines = [...hosts.values()].flatMap((it) => [...certificates(it), ...login(it)]);
  const folder = ["work=$(mktemp -d)", `trap 'rm -rf "$work"' EXIT`];
  return ["#!/bin/sh", "set -eu", ...(lines.length > 0 ? folder : []), ...lines];
}

function certificates({ url, ca }: MirrorEndpoint): string[] {
  if (!ca) return [];
  const folder = `"$work/${hostOf(url)}"`;
  return [`mkdir ${folder}`, `cat >${folder}/ca.crt <<'${END}'\n${ca.pem}${END}`];
}

function login(endpoint: MirrorEndpoint): string[] {
  const { url, credentials } = endpoint;
  if (!credentials) return [];
  const { username, password } = credentials;
  const flags = [
    `--authfile "$work/auth.json"`,
    `--username "\${TF_VAR_${username}:?}"`,
    "--password-stdin",
    ...tlsFlags(endpoint, ""),
  ];
  return [`printf %s "\${TF_VAR_${password}:?}" | skopeo login ${flags.join(" ")} ${hostOf(url)}`];
}

function destinationFlags(endpoint: MirrorEndpoint): string[] {
  const auth = endpoint.credentials ? [`--dest-authfile "$work/auth.json"`] : [];
  return [...tlsFlags(endpoint, "dest-"), ...auth];
}

function tlsFlags(endpoint: MirrorEndpoint, side: "" | "dest-"): string[] {
  return [
    ...(isLoose(endpoint) ? [`--${side}tls-verify=false`] : []),
    ...(endpoint.ca ? [`--${side}cert-dir "$work/${hostOf(endpoint.url)}"`] : []),
  ];
}
