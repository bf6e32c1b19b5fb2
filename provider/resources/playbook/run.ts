/** One run of a resource's playbooks: attributes and login in, the engine's report out. */
import { member } from "../../../core/mapping";
import { Secret } from "../../../core/secret";
import type {
  RunEvent,
  RunInput,
  RunOptions,
  RunReport,
  TravellingFiles,
} from "../../../playbooks/playbooks";
import type { ProviderClient } from "../../provider-client";
import { throwIfAny } from "../../../core/faults";
import { checkSources } from "./check-sources";
import type { PlaybookEngine } from "./engine";
import { toFiles, toHost, toSources, toVars } from "./inputs";
import type { Files, Owed } from "./memory";
import type { PlaybookModel, SourceModel } from "./model";
import { openVault } from "./open-vault";
import { openRunLog } from "./run-log";
import type { SshLogin } from "./ssh-login";

/** What a run needs beside the engine. */
export interface ModelRun {
  /** All inputs known. */
  readonly model: PlaybookModel;
  /** Which of the model's playbooks. */
  readonly which: "playbooks" | "destroy_playbooks";
  readonly mode: RunInput["mode"];
  readonly limit: readonly string[];
  /** From config: they are in no plan and no state. */
  readonly secretVars: Readonly<Record<string, string>> | null;
  /** Names of secret variables that have no value now. @default none */
  readonly withheld?: readonly string[];
  /** Handlers that the last run owes. @default none */
  readonly owed?: Owed;
  /** From config, by label: those of the environment are tried when there are none. @default none */
  readonly vaultPasswords?: Readonly<Record<string, string>> | null;
  readonly login: SshLogin;
  /** Milliseconds until a host counts as unreachable. */
  readonly connectTimeout: number;
  readonly client: ProviderClient;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Runs.
 * @throws UserFault when the playbooks have faults
 */
export async function runModel(engine: PlaybookEngine, options: ModelRun): Promise<RunReport> {
  const { model, which, client } = options;
  const sources: readonly SourceModel[] = model[which] ?? [];
  const files = toFiles(model.files) ?? new Map<string, string>();
  const { playbooks, faults } = engine.parsePlaybooks(
    toSources(sources) ?? [],
    files,
    openVault(options.vaultPasswords, client.environment),
  );
  throwIfAny(checkSources(which, sources, faults));
  return engine.runPlaybooks(playbooks, inputOf(options, files), runOptions(options));
}

/** Looks only whether files are as runs left them: no playbook is read, and nothing that is secret is needed. */
export async function lookAtModel(
  engine: PlaybookEngine,
  files: Files,
  options: ModelRun,
): Promise<RunReport> {
  return engine.lookAtFiles(files, inputOf(options, new Map()), runOptions(options));
}

function runOptions(options: ModelRun): RunOptions {
  const { model, client, onEvent } = options;
  const log = openRunLog(client.environment, model.name);
  return {
    signal: options.signal,
    ...options.login,
    connectTimeout: options.connectTimeout,
    onEvent: (event) => {
      log(event);
      onEvent?.(event);
    },
  };
}

function inputOf(options: ModelRun, files: TravellingFiles): RunInput {
  const { model, which, mode, limit, secretVars, withheld, owed } = options;
  const hosts = Object.entries(model.hosts).map(([name, host]) => {
    const pin = member(model.pinned_host_keys, name);
    return [name, toHost(host, typeof pin === "string" ? [pin] : [], model.bastion)] as const;
  });
  const secrets = Object.entries(secretVars ?? {}).map(
    ([name, it]) => [name, new Secret(it)] as const,
  );
  return {
    inventory: Object.fromEntries(hosts),
    vars: toVars(model.vars) ?? {},
    secretVars: Object.fromEntries(secrets),
    withheld,
    owed,
    files,
    mode,
    limit: limit.join(","),
    ...(model.tags && { tags: model.tags }),
    ...(model.skip_tags && { skipTags: model.skip_tags }),
    forks: model.forks,
    tellFiles: model.drift === "fast" && which === "playbooks",
  };
}
