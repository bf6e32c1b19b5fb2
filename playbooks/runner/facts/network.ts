/** Interfaces, addresses and default routes. */
import type { Parts } from "./parts";

interface Address {
  readonly device: string;
  readonly family: "inet" | "inet6";
  readonly address: string;
  readonly prefix: number;
  readonly scope: string | undefined;
}

/** Facts from /sys/class/net and `ip`. */
export function networkFacts(parts: Parts): Record<string, unknown> {
  const addresses = parts.lines("addresses").flatMap(parseAddress);
  const links = parts.lines("links").map((line) => line.split(" "));
  const interfaces = links.map(([device = "", macaddress, mtu, state]) => [
    device.replaceAll(/[-:.]/g, "_"),
    {
      device,
      macaddress,
      mtu: Number(mtu),
      active: state !== "down",
      ...ofDevice(device, addresses),
    },
  ]);
  const public4 = addresses.filter((it) => it.family === "inet" && !it.address.startsWith("127."));
  const public6 = addresses.filter((it) => it.family === "inet6" && it.address !== "::1");
  return {
    ...(Object.fromEntries(interfaces) as Record<string, unknown>),
    interfaces: links.map(([device]) => device),
    all_ipv4_addresses: public4.map((it) => it.address),
    all_ipv6_addresses: public6.map((it) => it.address),
    default_ipv4: defaultRoute(parts.text("route"), addresses),
    default_ipv6: defaultRoute(parts.text("route6"), addresses),
  };
}

/** `2: eth0    inet 10.0.2.15/24 brd 10.0.2.255 scope global eth0 …` */
function parseAddress(line: string): Address[] {
  const [, device, family, address, prefix] =
    /^\d+:\s+(\S+)\s+(inet6?)\s+([0-9a-f.:]+)(?:\s+peer\s+\S+?)?(?:\/(\d+))?\s/.exec(line) ?? [];
  if (device === undefined || address === undefined) return [];
  const bits = family === "inet" ? 32 : 128;
  return [
    {
      device: device.replace(/[:@].*/, ""),
      family: family === "inet" ? "inet" : "inet6",
      address,
      prefix: prefix === undefined ? bits : Number(prefix),
      scope: /\sscope (\S+)/.exec(line)?.[1],
    },
  ];
}

function ofDevice(device: string, addresses: readonly Address[]): Record<string, unknown> {
  const own = addresses.filter((it) => it.device === device);
  const [first, ...others] = own.filter((it) => it.family === "inet").map(ipv4);
  const ipv6 = own.filter((it) => it.family === "inet6");
  return {
    ...(first === undefined ? {} : { ipv4: first }),
    ...(others.length === 0 ? {} : { ipv4_secondaries: others }),
    ...(ipv6.length === 0
      ? {}
      : {
          ipv6: ipv6.map((it) => ({
            address: it.address,
            prefix: `${it.prefix}`,
            scope: it.scope,
          })),
        }),
  };
}

function ipv4({ address, prefix }: Address): Record<string, string> {
  const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  const value = address.split(".").reduce((sum, it) => sum * 256 + Number(it), 0);
  return {
    address,
    prefix: `${prefix}`,
    netmask: dotted(mask),
    network: dotted((value & mask) >>> 0),
    broadcast: dotted((value | ~mask) >>> 0),
  };
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join(".");
}

/** `8.8.8.8 via 10.0.2.2 dev eth0 src 10.0.2.15 …`; nothing is sent to that address. */
function defaultRoute(route: string, addresses: readonly Address[]): Record<string, unknown> {
  const device = /\sdev (\S+)/.exec(route)?.[1];
  const gateway = /\svia (\S+)/.exec(route)?.[1];
  const address = /\ssrc (\S+)/.exec(route)?.[1];
  if (device === undefined || address === undefined) return {};
  const own = addresses.find((it) => it.address === address);
  const network = own?.family === "inet" ? ipv4(own) : {};
  return { ...network, address, interface: device, ...(gateway === undefined ? {} : { gateway }) };
}
