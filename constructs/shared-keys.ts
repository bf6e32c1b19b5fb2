/**
 * The public keys of a project, for all clusters of a stack: a project takes each key once. Keys that are
 * made have a claim of their own, which is the stack's: clusters may come and go.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { type IResolvable, Lazy, TerraformIterator, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { PublicKey } from "../cluster";
import { escapeTemplate, interpolate, listExpression, quote } from "./expression";
import { Claim } from "./l1/claim";
import { DataSshKey } from "./l1/data-ssh-key";
import type { ArmsteadProvider } from "./l1/provider";
import { SshKey } from "./l1/ssh-key";

/** Where the keys are. */
export interface SharedKeysProps {
  readonly provider: ArmsteadProvider;
  /** Expression. */
  readonly projectId: string;
  /** Name in Terraform of the keys, and of their claim. */
  readonly resourceName: string;
}

/** See the header. */
export class SharedKeys extends Construct {
  /** By line: the name of the key's instance in Terraform. */
  readonly #names = new Map<string, string>();
  /** Lines by name, escaped: what `for_each` goes over at synth. */
  readonly #made: Record<string, string> = {};
  readonly #found: Record<string, string> = {};

  /**
   * Made by the project.
   * @param scope - the project
   * @param id - unique among its siblings
   * @param props - where the keys are
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SharedKeysProps,
  ) {
    super(scope, id);
  }

  /**
   * Adds keys to the project.
   * @param keys - those of one cluster
   * @param create - false: the project has them, and they are looked up
   * @returns expression of their ids
   */
  add(keys: readonly PublicKey[], create: boolean): IResolvable {
    if (create) this.#ensureResource();
    else this.#ensureLookup();
    for (const key of keys) this.#note(key, create);
    const ids = (): string[] => keys.map(({ line }) => this.#idOf(line));
    return Lazy.anyValue({ produce: () => interpolate(listExpression(ids())) });
  }

  #note(key: PublicKey, create: boolean): void {
    const name = this.#names.get(key.line) ?? nameOf(key);
    this.#names.set(key.line, name);
    const escaped = escapeTemplate(name);
    // What the stack makes cannot be looked up before.
    if (create) Reflect.deleteProperty(this.#found, escaped);
    if (create || !(escaped in this.#made)) this.#lines(create)[escaped] = escapeTemplate(key.line);
  }

  #lines(create: boolean): Record<string, string> {
    return create ? this.#made : this.#found;
  }

  #idOf(line: string): string {
    const name = this.#names.get(line) ?? "";
    const { resourceName } = this.props;
    const at = `${SshKey.tfResourceType}.${resourceName}[${quote(name)}].id`;
    return escapeTemplate(name) in this.#made ? at : `data.${at}`;
  }

  #ensureResource(): void {
    if (this.node.tryFindChild("AccessKeys") !== undefined) return;
    const { provider, projectId, resourceName } = this.props;
    const stack = TerraformStack.of(this).node.id;
    const claim = new Claim(this, "Claim", { provider, projectId, name: `${stack} access` });
    claim.overrideLogicalId(resourceName);
    const lines = TerraformIterator.fromMap(this.#made);
    new SshKey(this, "AccessKeys", {
      provider,
      projectId,
      claimId: claim.id,
      forEach: lines,
      label: `${stack} ${lines.key}`,
      publicKey: lines.value as string,
    }).overrideLogicalId(resourceName);
  }

  #ensureLookup(): void {
    if (this.node.tryFindChild("ExistingKeys") !== undefined) return;
    const { provider, projectId, resourceName } = this.props;
    const lines = TerraformIterator.fromMap(this.#found);
    const publicKey = lines.value as string;
    const config = { provider, projectId, forEach: lines, publicKey };
    new DataSshKey(this, "ExistingKeys", config).overrideLogicalId(resourceName);
  }
}

/** A key is another one when its content is: the file's name alone would hide that. */
function nameOf({ written, line }: PublicKey): string {
  const file = path.basename(written).replace(/\.pub$/, "");
  const digest = createHash("sha256").update(line).digest("hex");
  return `${file}-${digest.slice(0, 8)}`;
}
