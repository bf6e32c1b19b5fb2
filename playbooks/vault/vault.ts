/** Opens vaults with the passwords that a run was given, each vault once. */
import { fault, type Fault, type Position } from "../../core/faults";
import { Secret } from "../../core/secret";
import { readEnvelope, tryDecrypt, type Envelope } from "./envelope";

/** A password with its label. */
export interface VaultPassword {
  /** Tried first for vaults with this label. @default - default */
  readonly id?: string;
  readonly password: Secret;
}

/** What became of a vault. */
export type Opened =
  | { readonly kind: "open"; readonly content: Buffer }
  | { readonly kind: "sealed"; readonly fault: Fault };

const DEFAULT_ID = "default";

/** See the header. */
export class Vault {
  readonly #opened = new Map<string, Opened>();
  readonly #values = new Set<string>();

  /** @param passwords - all are tried, those with the vault's label first */
  constructor(readonly passwords: readonly VaultPassword[]) {}

  /** Values of `!vault` that were opened: what no output may show. */
  get values(): readonly Secret[] {
    return [...this.#values].map((it) => new Secret(it));
  }

  /**
   * Opens a file's text.
   * @param position - for the fault: AS1415 without the right password, AS1416 when it is damaged
   */
  open(text: string, position?: Position): Opened {
    const known = this.#opened.get(text) ?? this.#open(text);
    this.#opened.set(text, known);
    if (known.kind === "open" || position === undefined) return known;
    return { kind: "sealed", fault: { ...known.fault, position } };
  }

  /** The same for a value, which must be text, and which is remembered as one that no output may show. */
  openValue(text: string, position: Position): string | Fault {
    const opened = this.open(text, position);
    if (opened.kind === "sealed") return opened.fault;
    const value = opened.content.toString("utf8");
    this.#values.add(value);
    return value;
  }

  #open(text: string): Opened {
    const envelope = readEnvelope(text);
    if (typeof envelope === "string") {
      return { kind: "sealed", fault: fault("AS1416", "", { hint: envelope }) };
    }
    for (const { password } of this.#inOrder(envelope)) {
      const content = tryDecrypt(envelope, password);
      if (content) return { kind: "open", content };
    }
    return { kind: "sealed", fault: fault("AS1415", "", this.#whyNot(envelope)) };
  }

  #inOrder({ id = DEFAULT_ID }: Envelope): VaultPassword[] {
    const isMeant = (it: VaultPassword): boolean => (it.id ?? DEFAULT_ID) === id;
    return [...this.passwords.filter(isMeant), ...this.passwords.filter((it) => !isMeant(it))];
  }

  #whyNot({ id }: Envelope): { hint: string } {
    const label = id === undefined ? "" : ` with the label ${id}`;
    if (this.passwords.length === 0)
      return { hint: `the vault${label} needs a password, and none was given` };
    const ids = this.passwords.map((it) => it.id ?? DEFAULT_ID).join(", ");
    return { hint: `the vault${label} opens with none of the passwords given: ${ids}` };
  }
}
