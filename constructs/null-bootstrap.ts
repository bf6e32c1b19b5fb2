/**
 * The fallback where only providers of a registry may run: a `null_resource` whose provisioner calls
 * `armstead play` with the plays that `armstead_playbook` would run. What it cannot do: docs/null-provider.md.
 */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import type * as nullProvider from "@cdktf/provider-null";
import { Lazy, TerraformLocal, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import type { PlayRunner } from "../cluster";
import { fault, UserFault } from "../core/faults";
import type { BastionArguments } from "./bastion";
import type { DeploymentPlay } from "./deployment-play";
import {
  escapeAroundTokens,
  escapeTemplate,
  escapeTemplates,
  interpolate,
  quote,
} from "./expression";
import { mergeFiles } from "./own-plays";
import { vaultVariable } from "./secrets";
import { writeAtSynth } from "./synthesized-files";

/** What the resource is made of; functions are asked at synth. */
export interface NullBootstrapProps {
  readonly cluster: string;
  readonly resourceName: string;
  /** An expression: hosts as `armstead_playbook` takes them. */
  readonly hosts: () => string;
  /** Variables of all hosts, escaped but for tokens. */
  readonly vars: () => unknown;
  readonly plays: () => readonly DeploymentPlay[];
  readonly destroyPlays: () => readonly DeploymentPlay[];
  /** Tokens by name. */
  readonly secretVars: Readonly<Record<string, string>>;
  /** Tokens by label. */
  readonly vaultPasswords: Readonly<Record<string, string>>;
  readonly secretVarsVersion: number;
  /** Escaped. */
  readonly keyPath: string | undefined;
  /** Escaped but for tokens. @default - hosts are reached straight */
  readonly bastion?: BastionArguments;
  readonly forks: number | undefined;
  readonly runner: PlayRunner | undefined;
}

/** What a shell calls: another command goes into the variable, as a path, which may have spaces, or as words. */
const CALL = [
  'if [ -f "${ARMSTEAD-}" ] && [ -x "$ARMSTEAD" ]; then "$ARMSTEAD" "$@"',
  'else ${ARMSTEAD:-npx --no-install armstead} "$@"; fi',
].join("; ");
/** Variables of the environment that hold the inputs, and what Linux lets one hold. */
const INPUTS = "ARMSTEAD_INPUTS";
const PIECES = 8;
const PIECE_CHARACTERS = 120_000;
const TOO_LONG =
  "Hosts and variables are more than fits the environment of a command (some 700 kB as JSON): use armstead_playbook, or several clusters.";
const PLAIN_WORD = /^[\w./:@%+=-]+$/;

/** See the header. */
export class NullBootstrap extends Construct {
  readonly #props: NullBootstrapProps;

  /**
   * Made by the bootstrap.
   * @param scope - the bootstrap
   * @param id - unique among its siblings
   * @param props - what it is made of
   * @throws UserFault AS1608 when the package of the null provider is not installed
   */
  constructor(scope: Construct, id: string, props: NullBootstrapProps) {
    super(scope, id);
    this.#props = props;
    const { NullProvider, Resource } = load();
    const stack = TerraformStack.of(this);
    const { children } = stack.node;
    const provider =
      children.find((it) => it instanceof NullProvider.NullProvider) ??
      new NullProvider.NullProvider(stack, "null");
    this.#addLocals();
    const resource = new Resource.Resource(this, "Resource", {
      provider,
      triggers: Lazy.anyValue({ produce: () => this.#triggers() }) as never,
      lifecycle: { precondition: [this.#limit] },
      provisioners: [
        {
          type: "local-exec",
          interpreter: ["/bin/sh", "-c"],
          command: Lazy.stringValue({ produce: () => this.#createCommand() }),
          environment: {
            ...pieces("inputs"),
            ...Object.fromEntries(
              Object.entries(escapeAroundTokens(props.secretVars)).map(([name, it]) => [
                `TF_VAR_${name}`,
                it,
              ]),
            ),
            ...vaultEnvironment(escapeAroundTokens(props.vaultPasswords)),
          },
        },
        ...(props.destroyPlays().length === 0
          ? []
          : [
              {
                type: "local-exec" as const,
                when: "destroy" as const,
                interpreter: ["/bin/sh", "-c"],
                command: callOf(escapeTemplate(this.#words(["-"], []))),
                environment: pieces("destroy"),
              },
            ]),
      ],
    });
    resource.overrideLogicalId(props.resourceName);
    writeAtSynth(resource, this.#folder, () => filesOf(props.plays()));
  }

  get #limit(): { readonly condition: string; readonly errorMessage: string } {
    const condition = Lazy.stringValue({ produce: () => this.#fits() });
    return { condition, errorMessage: TOO_LONG };
  }

  get #folder(): string {
    return `armstead-plays/${this.#props.cluster}`;
  }

  #local(name: string): string {
    return `local.${this.#props.resourceName}_${name}`;
  }

  #addLocals(): void {
    const { hosts, vars, bastion, destroyPlays, resourceName } = this.#props;
    const values = {
      hosts: () => interpolate(hosts()),
      vars,
      ...(bastion ? { bastion: () => asAttributes(bastion) } : {}),
      ...(destroyPlays().length === 0
        ? {}
        : { destroy: () => escapeTemplates(travelling(destroyPlays())) }),
    };
    for (const [name, produce] of Object.entries(values)) {
      const local = new TerraformLocal(this, name, Lazy.anyValue({ produce }));
      local.overrideLogicalId(`${resourceName}_${name}`);
    }
  }

  /** An expression: what a call needs to know. */
  get #inputs(): string {
    const { keyPath, bastion } = this.#props;
    const key = keyPath === undefined ? "null" : `"${keyPath}"`;
    const through = bastion ? `, bastion = ${this.#local("bastion")}` : "";
    return `{ hosts = ${this.#local("hosts")}, vars = ${this.#local("vars")}, private_key_path = ${key}${through} }`;
  }

  /** What does not fit would be cut, and be found out when the destroy plays of the old inputs have run. */
  #fits(): string {
    const whole =
      this.#props.destroyPlays().length === 0
        ? this.#inputs
        : `merge(${this.#inputs}, ${this.#local("destroy")})`;
    return interpolate(
      `length(base64encode(jsonencode(${whole}))) <= ${PIECES * PIECE_CHARACTERS}`,
    );
  }

  /** Each a text; a plan shows which of them differ. */
  #triggers(): string {
    const { plays, destroyPlays, secretVars, secretVarsVersion } = this.#props;
    const [hosts, inputs] = [this.#local("hosts"), this.#inputs];
    const fixed = [
      `plays = ${quote(digest(plays()))}`,
      `inputs = jsonencode(${inputs})`,
      ...(Object.keys(secretVars).length === 0 ? [] : [`secrets = "${secretVarsVersion}"`]),
      ...(destroyPlays().length === 0
        ? []
        : [`destroy = jsonencode(merge(${inputs}, ${this.#local("destroy")}))`]),
    ];
    const each = `{ for name, it in ${hosts} : format("host %s", name) => sha256(jsonencode(it)) }`;
    return interpolate(`merge({ ${fixed.join(", ")} }, ${each})`);
  }

  #createCommand(): string {
    const { plays, secretVars, vaultPasswords, forks } = this.#props;
    const files = plays().map(({ name }) => posix.join(this.#folder, name));
    const more = [
      ...Object.keys(secretVars).flatMap((it) => ["--secret-var", it]),
      ...Object.keys(vaultPasswords).flatMap((it) => [
        "--vault-password-file",
        `${it}@env:${passwordVariable(it)}`,
      ]),
    ];
    const words = escapeTemplate(this.#words(files, more));
    // The number is Terraform's: nothing in it is for the shell.
    const known = Token.isUnresolved(forks) ? `${words} --forks ${Token.asString(forks)}` : words;
    return callOf(known);
  }

  /** A destroy-time provisioner may refer to nothing but its own resource: forks that Terraform knows are left out. */
  #words(playbooks: readonly string[], more: readonly string[]): string {
    const { cluster, forks, runner } = this.#props;
    const fixed =
      forks === undefined || Token.isUnresolved(forks) ? [] : ["--forks", String(forks)];
    const words = [
      ...playbooks,
      ...["--inventory", `env:${INPUTS}`, "--name", cluster, ...fixed],
      ...(runner === undefined ? [] : ["--runner", runner]),
      ...more,
    ];
    return words.map(quoteWord).join(" ");
  }
}

function callOf(words: string): string {
  return `set -- play ${words}; ${escapeTemplate(CALL)}`;
}

/** As `armstead_playbook` has it. */
function asAttributes({ hostKeys, privateKeyPath, ...place }: BastionArguments): object {
  const key = privateKeyPath === undefined ? {} : { private_key_path: privateKeyPath };
  return { ...place, host_keys: hostKeys, ...key };
}

/** Programs that do without it need not have it. */
function load(): {
  readonly NullProvider: typeof nullProvider.provider;
  readonly Resource: typeof nullProvider.resource;
} {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { provider, resource } = require("@cdktf/provider-null") as typeof nullProvider;
    return { NullProvider: provider, Resource: resource };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new UserFault([fault("AS1608", "bootstrap.via")]);
  }
}

/** Passwords of vaults by the variables that hold them. */
function vaultEnvironment(passwords: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(passwords).map(([label, it]) => [passwordVariable(label), it]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function passwordVariable(label: string): string {
  return `ARMSTEAD_${vaultVariable(label).replaceAll("-", "__")}`;
}

/** A trigger as variables of the environment. */
function pieces(trigger: string): Record<string, string> {
  const text = `base64encode(self.triggers.${trigger})`;
  const entries = Array.from({ length: PIECES }, (_, n) => [
    `${INPUTS}_${n}`,
    interpolate(`substr(${text}, ${n * PIECE_CHARACTERS}, ${PIECE_CHARACTERS})`),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Playbooks with the files beside them, as they lie below a folder. */
function filesOf(plays: readonly DeploymentPlay[]): Record<string, string> {
  const own = plays.map(({ name, content }) => [name, content]);
  return { ...mergeFiles(plays), ...(Object.fromEntries(own) as Record<string, string>) };
}

function travelling(plays: readonly DeploymentPlay[]): object {
  return {
    playbooks: plays.map(({ name, content }) => ({ name, content })),
    files: mergeFiles(plays),
  };
}

function digest(plays: readonly DeploymentPlay[]): string {
  const order = plays.map(({ name }) => name);
  const files = Object.entries(filesOf(plays)).sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = createHash("sha256").update(JSON.stringify([order, files]));
  return `sha256:${sum.digest("hex")}`;
}

function quoteWord(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
