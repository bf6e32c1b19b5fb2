/** What a run's report means for the state and for the user. Pure. */
import { HOST_CODES } from "../../../core/codes/host";
import { describeError, fault, type Fault } from "../../../core/faults";
import { member } from "../../../core/mapping";
import type { HostReport, RunReport } from "../../../playbooks/playbooks";
import * as applied from "./applied";
import type { PlaybookModel } from "./model";

/** Faults of a kind that are told host by host. */
const MOST_FAULTS = 10;
/** Further hosts that are named. */
const MOST_NAMES = 50;
const LOGIN_CODES = ["AS2205", "AS2206", "AS2211", "AS2213", "AS2214", "AS2215", "AS2216"];

/** Entries of `applied` by host. */
export type Applied = PlaybookModel["applied"];

/**
 * Entries after a run. What was applied before is of no account: whoever asks whether all hosts are as
 * described, in a postcondition, must learn of every host that is not.
 * @param wanted - digests of all hosts
 * @param ran - names of the hosts that ran
 * @param report - what became of the hosts
 */
export function appliedAfter(wanted: Applied, ran: readonly string[], report: RunReport): Applied {
  const entries = Object.entries(wanted).map(([host, digest]) => {
    if (!ran.includes(host)) return [host, digest] as const;
    return [host, entryAfter(digest, member(report.hosts, host))] as const;
  });
  return Object.fromEntries(entries);
}

/** Entries while a run is on: what it works at is pending. */
export function appliedDuring(wanted: Applied, ran: readonly string[]): Applied {
  const entries = Object.entries(wanted).map(
    ([host, digest]) => [host, ran.includes(host) ? applied.PENDING : digest] as const,
  );
  return Object.fromEntries(entries);
}

/**
 * One fault a host that did not end well; Terraform shows each in a box of its own, so that of many of a kind the rest is one.
 * @param stopped - why the run was stopped, if it was
 */
export function faultsOf(report: RunReport, stopped?: unknown): Fault[] {
  const bad = Object.entries(report.hosts).filter(([, { status }]) => status !== "ok");
  const faults = bad.map(([host, it]) => ({ host, ...faultOf(host, it, stopped) }));
  const kinds = [...new Set(faults.map(({ code }) => code))];
  const hidden = kinds.flatMap((code) =>
    faults.filter((it) => it.code === code).slice(MOST_FAULTS),
  );
  const told = faults.filter((it) => !hidden.includes(it)).map(({ host: _, ...it }) => it);
  return [...told, ...kinds.flatMap((code) => restOf(code, hidden))];
}

function faultOf(host: string, { status, error }: HostReport, stopped: unknown): Fault {
  const code = status === "failed" ? "AS1826" : status === "cancelled" ? "AS1828" : "AS1827";
  const hint = status === "unreachable" ? adviceOf(error) : {};
  const why = error ?? (status === "cancelled" && stopped ? describeError(stopped) : status);
  return fault(code, pathOf(host), { problem: `${host}: ${why}`, ...hint });
}

function restOf(
  code: Fault["code"],
  hidden: readonly (Fault & { readonly host: string })[],
): Fault[] {
  const hosts = hidden.filter((it) => it.code === code).map(({ host }) => host);
  if (hosts.length === 0) return [];
  const names = hosts.slice(0, MOST_NAMES).join(", ") + (hosts.length > MOST_NAMES ? ", …" : "");
  const hint = "armstead watch --once says of each host why";
  return [fault(code, "hosts", { problem: `${hosts.length} hosts more: ${names}`, hint })];
}

/** Where a host is in the config. */
function pathOf(host: string): string {
  return `hosts[${JSON.stringify(host)}]`;
}

/** Whether it was the login that failed, or the bastion: that says nothing about the host. */
export function isLoginFault({ error = "" }: HostReport): boolean {
  return LOGIN_CODES.some((code) => error.startsWith(code));
}

/** What to do about a host that is not reached depends on what stands between. */
function adviceOf(error = ""): { readonly hint?: string } {
  const [code] = /^AS22\d\d/.exec(error) ?? [];
  const known = Object.entries(HOST_CODES).find(([it]) => it === code);
  return known ? { hint: known[1].fix } : {};
}

/** Keys seen now, for hosts whose key was not pinned before. */
export function pinsAfter(
  planned: Readonly<Record<string, unknown>>,
  report: RunReport,
): PlaybookModel["pinned_host_keys"] {
  const entries = Object.entries(planned).map(([host, pin]) => {
    const seen = member(report.hosts, host)?.hostKey ?? null;
    return [host, typeof pin === "string" ? pin : seen] as const;
  });
  return Object.fromEntries(entries);
}

function entryAfter(digest: string, report: HostReport | undefined): string {
  switch (report?.status) {
    case "ok":
      return digest;
    case "failed":
      return applied.failed(report.error);
    case "unreachable":
    case "cancelled":
      return applied.pending(report.error);
    default:
      // No play covers the host: there is nothing to do on it.
      return digest;
  }
}
