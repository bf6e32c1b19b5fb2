/** A site's networks with the bootstrap's defaults, as text and as numbers. Pure. */
import type { ValuePath } from "../../finding";
import { type Address, formatAddress, plus, tryParseAddress } from "../../ip/address";
import { type Subnet, tryParseSubnet } from "../../ip/subnet";
import { NETWORK_TABLE, type NetworkFacts } from "./network-table";
import type { NetworkName } from "./options/networks";
import type { Site } from "./site";

/** Addresses that hosts get. */
export interface TextRange {
  readonly start: string;
  readonly end: string;
}

/** A network with its defaults. */
export interface SettledNetwork {
  readonly name: NetworkName;
  readonly facts: NetworkFacts;
  /** Where the file has it, or would have it. */
  readonly at: ValuePath;
  /** Whether the file says which subnet. */
  readonly isGiven: boolean;
  /** As written, or the default. */
  readonly subnet: string;
  readonly range?: TextRange | undefined;
  readonly gateway?: string | undefined;
}

/** OAM's addresses with their defaults. */
export interface OamAddresses {
  readonly gateway?: string | undefined;
  readonly floating?: string | undefined;
  /** Of controller-0 and controller-1; undefined with simplex, and when they cannot be derived. */
  readonly controllers?: readonly string[] | undefined;
}

/** Every network that the site has, in the order of the table. */
export function networksOf({ at, options }: Pick<Site, "at" | "options">): SettledNetwork[] {
  const names = Object.keys(NETWORK_TABLE) as NetworkName[];
  return names.flatMap((name) => {
    const facts = NETWORK_TABLE[name];
    const given = options.networks?.[name];
    const subnet = given?.subnet ?? facts.subnet;
    if (subnet === undefined) return [];
    const gateway = given && "gateway" in given ? given.gateway : undefined;
    const place = [...at, "networks", name];
    const isGiven = given?.subnet !== undefined;
    return [{ name, facts, at: place, isGiven, subnet, range: given?.range, gateway }];
  });
}

/** A network by its name; undefined when the site has none. */
export function findNetwork(
  site: Pick<Site, "at" | "options">,
  name: NetworkName,
): SettledNetwork | undefined {
  return networksOf(site).find((it) => it.name === name);
}

/** The addresses of OAM; the controllers' follow the floating one. */
export function oamOf({ options, systemMode }: Pick<Site, "options" | "systemMode">): OamAddresses {
  const { gateway, floating, controllers } = options.networks?.oam ?? {};
  if (systemMode === "simplex") return { gateway, floating };
  return { gateway, floating, controllers: controllers ?? following(floating) };
}

function following(floating: string | undefined): string[] | undefined {
  const parts = partsOf(floating ?? "").map(tryParseAddress);
  if (parts.some((it) => it === undefined)) return undefined;
  const known = parts.flatMap((it) => (it ? [it] : []));
  return [1n, 2n].map((by) => known.map((it) => formatAddress(plus(it, by))).join(","));
}

/** The parts of a value that may be dual-stack: one, or two joined by a comma. */
export function partsOf(text: string): string[] {
  return text.split(",").map((it) => it.trim());
}

/** The subnets of a network; those that are none are left out. */
export function subnetsOf({ subnet }: Pick<SettledNetwork, "subnet">): Subnet[] {
  return partsOf(subnet).flatMap((it) => tryParseSubnet(it) ?? []);
}

/** Whether the text is one subnet, or one of each IP family. */
export function isWellFormed(network: Pick<SettledNetwork, "subnet">): boolean {
  const subnets = subnetsOf(network);
  const families = new Set(subnets.map(({ family }) => family));
  return families.size === subnets.length && subnets.length === partsOf(network.subnet).length;
}

/** The addresses of a value; those that are none are left out. */
export function addressesOf(text: string): Address[] {
  return partsOf(text).flatMap((it) => tryParseAddress(it) ?? []);
}
