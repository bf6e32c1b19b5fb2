/** What a run's report means for the state and for the user. Pure. */
import { HOST_CODES } from "../../../core/codes/host";
import { fault, type Fault } from "../../../core/faults";
import type { HostReport, RunReport } from "../../../playbooks/playbooks";
import * as applied from "./applied";
import type { PlaybookModel } from "./model";

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
    return [host, entryAfter(digest, report.hosts[host])] as const;
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

/** One fault a host that did not end well. */
export function faultsOf(report: RunReport): Fault[] {
  return Object.entries(report.hosts).flatMap(([host, { status, error }]) => {
    if (status === "ok") return [];
    const code = { failed: "AS1826", unreachable: "AS1827", cancelled: "AS1828" } as const;
    const path = `hosts[${JSON.stringify(host)}]`;
    const hint = status === "unreachable" ? adviceOf(error) : {};
    return [fault(code[status], path, { problem: `${host}: ${error ?? status}`, ...hint })];
  });
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
    const seen = report.hosts[host]?.hostKey ?? null;
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
