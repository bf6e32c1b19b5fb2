/**
 * What makes nodes out of devices: one `armstead_playbook` for the whole cluster, which fans out by
 * itself. Plays run in this order: base, mirrors, the deployment's, the cluster's own, the pools'.
 */
import { type IResolvable, Lazy } from "cdktf";
import { Construct } from "constructs";
import type { BootstrapVia, ClusterSpec, DriftMode, PlaybookFile, PlayRunner } from "../cluster";
import { readPlaybook } from "../cluster/references";
import { throwIfAny } from "../core/faults";
import { type Access, privateKeyPath } from "./access";
import { type BastionArguments, bastionArguments } from "./bastion";
import type { Deployment } from "./deployment";
import { destroySecretFaults } from "./destroy-secrets";
import { ofCluster } from "./deployment-definition";
import type { DeploymentPlay } from "./deployment-play";
import { escapeAroundTokens, escapeTemplates, interpolate } from "./expression";
import { currentBase, valueOf } from "./files";
import { known } from "./known";
import { Playbook, type PlaybookConfig } from "./l1/playbook";
import type { ArmsteadProvider } from "./l1/provider";
import type { NodePool } from "./node-pool";
import { inventory } from "./nodes";
import { NullBootstrap } from "./null-bootstrap";
import { addDaemonOptions } from "./mirrors/daemon-options";
import { registryVars } from "./mirrors/registry-vars";
import { mergeFiles, playName, restrictToPool } from "./own-plays";
import type { RegistryMirrors } from "./registry-mirrors";
import { secretsOf, vaultPasswordsOf } from "./secrets";
import { shippedPlay } from "./shipped-play";
import { writeAtSynth } from "./synthesized-files";

/** Properties of a cluster's {@link Bootstrap}. */
export interface BootstrapProps {
  /** Playbooks, or paths of their files, run after the deployment's own. @default - none */
  readonly plays?: readonly (string | PlaybookFile)[];
  /** Variables of every node, any JSON; tokens may be anywhere in it. @default - none */
  readonly vars?: Readonly<Record<string, unknown>>;
  /**
   * Variables whose values are in no plan, state or synthesized JSON; a refresh does not have them. Names alone
   * are declared as variables of the stack, sensitive and ephemeral, that `TF_VAR_<name>` holds; else each value is
   * a token, and text is refused.
   * @default - none
   */
  readonly secretVars?: readonly string[] | Readonly<Record<string, string>>;
  /** Raise it when a secret changed: Terraform cannot see that, and all nodes run. @default 1 */
  readonly secretVarsVersion?: number;
  /**
   * Passwords of ansible-vault by label, `default` for vaults without one; like secret variables they are written nowhere.
   * Labels alone are declared as variables of the stack, `vault_password_<label>`; else each value is a token.
   * @default - none
   */
  readonly vaultPasswords?: readonly string[] | Readonly<Record<string, string>>;
  /** Nodes at work at the same time. @default 25 */
  readonly forks?: number;
  /**
   * How a refresh looks for changes on the nodes: `full` runs the plays in check mode, `fast` looks only at the files that
   * they wrote, by one command a node.
   * @default full
   */
  readonly drift?: DriftMode;
  /**
   * Playbooks, or paths of their files, run before the nodes are destroyed or the plays are replaced. They know no
   * secret variables.
   * @default - none
   */
  readonly destroyPlays?: readonly (string | PlaybookFile)[];
  /** What runs plays; `ansible`: the ansible-playbook on Terraform's PATH. @default armstead */
  readonly runner?: PlayRunner;
  /**
   * Which resource runs plays. `null-provider`: a null_resource that calls `armstead play`, for places where
   * providers come from a registry only; it knows no drift, and all nodes run when anything changes.
   * @default provider
   */
  readonly via?: BootstrapVia;
}

/** What a bootstrap gets of its cluster. */
export interface BootstrapContext {
  readonly cluster: string;
  readonly resourceName: string;
  readonly provider: ArmsteadProvider;
  readonly access: Access;
  readonly mirrors: RegistryMirrors;
  readonly deployment: Deployment | undefined;
  /** The cluster as a file would describe it; asked at synth. */
  readonly describe: () => ClusterSpec;
  /** Sorted by name; asked at synth. */
  pools(): readonly NodePool[];
}

/** Holds when every host is done; its text names those that are not. */
const allApplied = {
  condition: interpolate('alltrue([for it in values(self.applied) : startswith(it, "sha256:")])'),
  errorMessage: `not every node is set up: ${interpolate(
    'join("; ", [for name, it in self.applied : "${name}: ${it}" if !startswith(it, "sha256:")])',
  )}`,
};

/** See the header. */
export class Bootstrap extends Construct {
  /** Variables of every node; more may be added until synth. */
  readonly vars: Record<string, unknown>;
  /** Variables whose values are tokens, and written nowhere. */
  readonly secretVars: Readonly<Record<string, string>>;
  /** Tokens of passwords of vaults, by label. */
  readonly vaultPasswords: Readonly<Record<string, string>>;
  /** The cluster's own playbooks. */
  readonly plays: PlaybookFile[];
  /** The cluster's own playbooks for its end. */
  readonly destroyPlays: readonly PlaybookFile[] | undefined;
  /** Settings, as given. */
  readonly props: BootstrapProps;
  readonly #context: BootstrapContext;

  /**
   * Made by the cluster.
   * @param scope - the cluster
   * @param id - unique among its siblings
   * @param props - settings
   * @param context - what it gets of the cluster
   * @throws UserFault AS1211, AS1227, AS1604 (plays, names of secretVars and vaultPasswords), AS1605 (both), AS1609 (destroyPlays)
   */
  constructor(scope: Construct, id: string, props: BootstrapProps, context: BootstrapContext) {
    super(scope, id);
    this.props = props;
    this.#context = context;
    this.vars = { ...props.vars };
    this.secretVars = secretsOf(this, props.secretVars ?? []);
    this.vaultPasswords = vaultPasswordsOf(this, props.vaultPasswords ?? []);
    this.plays = (props.plays ?? []).map((it) => readOwnPlay(it, "bootstrap.plays"));
    this.destroyPlays = props.destroyPlays?.map((it) => readOwnPlay(it, "bootstrap.destroyPlays"));
    if (props.via === "null-provider") this.#addNullResource();
    else this.#addPlaybook();
    const synthesized = context.deployment?.definition.synthesized;
    if (synthesized !== undefined) {
      writeAtSynth(this, `armstead/${context.cluster}`, () =>
        ofCluster(synthesized, context.describe),
      );
    }
  }

  /**
   * Runs a playbook on the cluster, after the deployment's own plays.
   * @param file - its path, from the current folder
   * @throws UserFault AS1211, AS1227
   */
  addPlay(file: string): void {
    this.plays.push(readOwnPlay(file, "play"));
  }

  #addPlaybook(): void {
    const [context, props] = [this.#context, this.props];
    const keyPath = privateKeyPath(context.access, this);
    const playbook = new Playbook(this, "Playbook", {
      provider: context.provider,
      name: context.cluster,
      playbooks: this.#lazily(() =>
        this.#allPlays().map(({ name, content }) => ({ name, content })),
      ),
      files: this.#lazily(() => mergeFiles([...this.#allPlays(), ...this.#destroyPlays()])),
      ...(this.destroyPlays === undefined
        ? {}
        : {
            destroyPlaybooks: this.#lazily(() =>
              this.#destroyPlays().map(({ name, content }) => ({ name, content })),
            ),
          }),
      ...(props.runner === undefined ? {} : { runner: props.runner }),
      hosts: Lazy.anyValue({
        produce: () => interpolate(inventory(context.pools(), context.access)),
      }),
      vars: Lazy.anyValue({ produce: () => this.#allVars() }),
      ...this.#secrets(),
      ...this.#vaultPasswords(),
      ...(keyPath === undefined ? {} : { privateKeyPath: keyPath }),
      ...this.#bastion(),
      ...(props.forks === undefined ? {} : { forks: props.forks }),
      drift: props.drift ?? "full",
      // A host that failed is noted, and alone is done again; the apply fails all the same.
      onFailure: "record",
      lifecycle: { postcondition: [allApplied] },
    });
    playbook.overrideLogicalId(context.resourceName);
  }

  #addNullResource(): void {
    const context = this.#context;
    const { access, cluster, resourceName } = context;
    const { forks, runner, secretVarsVersion = 1 } = this.props;
    throwIfAny(
      destroySecretFaults(this.destroyPlays ?? [], Object.keys(this.secretVars), this.vars),
    );
    new NullBootstrap(this, "Null", {
      cluster,
      resourceName,
      hosts: () => inventory(context.pools(), access),
      vars: () => this.#allVars(),
      plays: () => this.#allPlays(),
      destroyPlays: () => this.#destroyPlays(),
      secretVars: this.secretVars,
      vaultPasswords: this.vaultPasswords,
      secretVarsVersion,
      keyPath: privateKeyPath(access, this),
      ...this.#bastion(),
      forks,
      runner,
    });
  }

  #bastion(): { readonly bastion?: BastionArguments } {
    const { bastion } = this.#context.access;
    return bastion ? { bastion: bastionArguments(bastion, privateKeyPath(bastion, this)) } : {};
  }

  #secrets(): Pick<PlaybookConfig, "secretVars" | "secretVarsVersion"> {
    if (Object.keys(this.secretVars).length === 0) return {};
    const secretVars = escapeAroundTokens(this.secretVars);
    return { secretVars, secretVarsVersion: this.props.secretVarsVersion ?? 1 };
  }

  #vaultPasswords(): Pick<PlaybookConfig, "vaultPasswords"> {
    const { vaultPasswords } = this;
    if (Object.keys(vaultPasswords).length === 0) return {};
    return { vaultPasswords: escapeAroundTokens(vaultPasswords) };
  }

  #lazily(produce: () => unknown): IResolvable {
    return Lazy.anyValue({ produce: () => escapeTemplates(produce()) });
  }

  #destroyPlays(): DeploymentPlay[] {
    return (this.destroyPlays ?? []).map(({ written, ...it }) => ({
      ...it,
      name: playName(written),
    }));
  }

  #allPlays(): DeploymentPlay[] {
    const { deployment, describe } = this.#context;
    const shipped = ["base", "registry-mirrors"].map(shippedPlay);
    const own = this.plays.map(({ written, ...it }) => ({ ...it, name: playName(written) }));
    const ofPools = this.#context
      .pools()
      .flatMap((pool) => pool.plays.map((it) => restrictToPool(it, pool.node.id)));
    return [
      ...shipped,
      ...ofCluster(deployment?.definition.plays ?? [], describe),
      ...own,
      ...ofPools,
    ];
  }

  #allVars(): Record<string, unknown> {
    const { access, cluster, deployment, describe, mirrors } = this.#context;
    const definition = deployment?.definition;
    const own = {
      cluster_name: cluster,
      node_become: access.user !== "root",
      ...(definition?.rules.namesHosts === true ? { node_names_itself: true } : {}),
      access_keys: access.sshKeys.map(({ line }) => line),
      ...registryVars(
        addDaemonOptions(mirrors.render(definition?.rules), definition?.daemonOptions),
      ),
    };
    const given = {
      ...ofCluster(definition?.vars ?? {}, describe),
      ...this.vars,
    };
    return { ...escapeTemplates(own), ...escapeAroundTokens(given) };
  }
}

/** @throws UserFault AS1211, AS1227, AS1604 */
export function readOwnPlay(file: string | PlaybookFile, at: string): PlaybookFile {
  return typeof file === "string"
    ? valueOf(readPlaybook(known(file, at), currentBase()), at)
    : file;
}
