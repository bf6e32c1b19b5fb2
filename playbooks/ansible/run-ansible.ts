/** One run by a real ansible-playbook, told as a run of our own runner is. */
import { mapBounded } from "../../core/bounded";
import { UserFault } from "../../core/faults";
import type { Environment } from "../../core/folders";
import { coveredNames, parseHostPattern } from "../model/host-pattern";
import { type InventoryJump, SSH_PORT } from "../model/inventory-host";
import type { PlaybookSource } from "../model/source";
import { redactorOf } from "../runner/engine/redact-texts";
import type { RunInput, RunOptions } from "../runner/engine/run";
import type { RunReport } from "../runner/events";
import { readLoginKey } from "../runner/transport/login-key";
import { jumpTarget } from "../runner/transport/jump-target";
import { scanHostKey, type ScanOptions } from "../runner/transport/scan-host-key";
import type { VaultPassword } from "../vault/vault";
import { Ledger, type Trouble } from "./ledger";
import { runProcess, type AnsibleEnd } from "./process";
import { writeProject } from "./project";
import { writeVaultPasswords } from "./vault-passwords";

/** What is run. */
export interface AnsibleSources {
  readonly sources: readonly PlaybookSource[];
  readonly vaultPasswords: readonly VaultPassword[];
}

/**
 * Runs. What happens on hosts is told by the report.
 * @throws UserFault AS1412 (limit), AS1490 (names of playbooks)
 * @throws OuterFault AS2390 when there is no ansible-playbook, AS2206, AS2215 and AS2216 for keys
 */
export async function runAnsible(
  { sources, vaultPasswords }: AnsibleSources,
  given: RunInput,
  options: RunOptions,
  environment: Environment,
): Promise<RunReport> {
  const clock = options.clock ?? Date.now;
  const startedAt = clock();
  const limited = hostsOf(given);
  const { key, bastionKey, passphrase, keys } = options;
  const own = [key, bastionKey, ...(keys?.values() ?? [])].filter((it) => it !== undefined);
  // SSH would only say that the login was refused.
  for (const it of own) readLoginKey(it, passphrase);
  const scanned = await scanKeys(given, limited, options);
  const input = withKeys(given, scanned);
  const project = writeProject(sources, input, options);
  const secrets = [
    ...Object.values(input.secretVars),
    ...own,
    ...(passphrase ? [passphrase] : []),
    ...vaultPasswords.map((it) => it.password),
  ];
  const redact = redactorOf(secrets);
  const { onEvent } = options;
  const ledger = new Ledger({ limited, scanned, folder: project.plays, redact, onEvent, clock });
  try {
    onEvent({ event: "run.start", at: startedAt, hosts: limited, mode: input.mode });
    const end = await runProcess(
      { ...project, vaultIds: writeVaultPasswords(project.folder, vaultPasswords) },
      { input, options, environment },
      (event) => {
        ledger.take(event);
      },
    );
    const { signal } = options;
    const report = ledger.report(clock() - startedAt, troubleOf(end, { ledger, signal, redact }));
    onEvent({ event: "run.end", at: clock(), report });
    return report;
  } finally {
    project.remove();
  }
}

function troubleOf(
  { printed, code }: AnsibleEnd,
  {
    ledger,
    signal,
    redact,
  }: {
    readonly ledger: Ledger;
    readonly signal: AbortSignal;
    readonly redact: (text: string) => string;
  },
): Trouble {
  if (signal.aborted) return { status: "cancelled", error: "the run was stopped" };
  if (ledger.isComplete) {
    return {
      status: "cancelled",
      error: "AS2302  not brought to its end, because another host failed",
    };
  }
  const words = redact(printed).replace(/\s+/g, " ").trim();
  const said = words === "" ? `exit code ${code ?? "none"}` : words.slice(-1000);
  return { status: "failed", error: `AS2391  ansible-playbook gave up: ${said}` };
}

/** Names of the hosts that the limit covers, sorted. */
function hostsOf({ inventory, limit }: RunInput): string[] {
  const names = Object.keys(inventory).sort();
  if (limit === undefined) return names;
  const pattern = parseHostPattern("limit", limit);
  if ("code" in pattern) throw new UserFault([pattern]);
  const hosts = Object.entries(inventory).map(([name, it]) => ({ ...it, name }));
  const covered = coveredNames(pattern, hosts);
  return names.filter((name) => covered.has(name));
}

/** Keys of hosts whose key is not known, where the caller keeps them; whoever does not answer has none. */
async function scanKeys(
  { inventory, forks }: RunInput,
  limited: readonly string[],
  options: RunOptions,
): Promise<ReadonlyMap<string, string>> {
  const { firstContact = "pin", signal, connectTimeout: timeout } = options;
  const open = limited.flatMap((name) => {
    const host = inventory[name];
    return host?.hostKeys.length === 0 && firstContact === "pin" ? [{ name, host }] : [];
  });
  const keys = await mapBounded(open, forks, async ({ name, host }) => {
    const { address, port, jump } = host;
    const through = jump && wayThrough(jump, options, options.keys?.get(host.keyFile ?? ""));
    const place = { address, port: port ?? SSH_PORT };
    const key = await scanHostKey(place, { signal, timeout, through }).catch(() => undefined);
    return key === undefined ? [] : [[name, key] as const];
  });
  return new Map(keys.flat());
}

function wayThrough(
  jump: InventoryJump,
  { key, keys, bastionKey, passphrase, agent }: RunOptions,
  ofHost = key,
): ScanOptions["through"] {
  const own = keys?.get(jump.keyFile ?? "") ?? bastionKey ?? ofHost;
  return { jump: jumpTarget(jump), key: own, passphrase, agent };
}

function withKeys(input: RunInput, scanned: ReadonlyMap<string, string>): RunInput {
  const entries = Object.entries(input.inventory).map(([name, host]) => {
    const key = scanned.get(name);
    return [name, key === undefined ? host : { ...host, hostKeys: [key] }] as const;
  });
  return { ...input, inventory: Object.fromEntries(entries) };
}
