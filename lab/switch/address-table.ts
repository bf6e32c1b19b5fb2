/**
 * Behind which port a hardware address was last seen, per VLAN. Holds a bounded number of addresses,
 * so that a machine that makes them up costs no more than the others their places.
 */
import type { Clock } from "../../core/clock";

/** Bounds of an {@link AddressTable}. */
export interface AddressTableOptions {
  readonly clock: Clock;
  /** @default 4096 */
  readonly maxAddresses?: number;
  /** @default 300000, as bridges do */
  readonly maxAgeMs?: number;
}

/** The table. */
export class AddressTable {
  readonly #entries = new Map<string, { readonly port: number; readonly seenAt: number }>();
  readonly #clock: Clock;
  readonly #maxAddresses: number;
  readonly #maxAgeMs: number;

  /** Starts empty. */
  constructor({ clock, maxAddresses = 4096, maxAgeMs = 300_000 }: AddressTableOptions) {
    this.#clock = clock;
    this.#maxAddresses = maxAddresses;
    this.#maxAgeMs = maxAgeMs;
  }

  /** Number of addresses, aged ones included. */
  get size(): number {
    return this.#entries.size;
  }

  /** Notes where an address is; the one not seen for the longest makes room. */
  learn(vid: number, address: string, port: number): void {
    const key = `${vid} ${address}`;
    // A map keeps the order of insertion: whoever is seen again goes to its end.
    this.#entries.delete(key);
    this.#entries.set(key, { port, seenAt: this.#clock() });
    if (this.#entries.size <= this.#maxAddresses) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  /** The port, unless the address was never seen or not for long. */
  tryGetPort(vid: number, address: string): number | undefined {
    const entry = this.#entries.get(`${vid} ${address}`);
    return entry && this.#clock() - entry.seenAt < this.#maxAgeMs ? entry.port : undefined;
  }

  /** Forgets all that is behind a port. */
  forgetPort(port: number): void {
    for (const [key, entry] of this.#entries) if (entry.port === port) this.#entries.delete(key);
  }
}
