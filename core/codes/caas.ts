/** Codes of CaaS: machines that are discovered, and given their roles. docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of CaaS. */
export const CAAS_CODES = {
  AS1570: {
    title: "a machine does not tell by which interface it booted",
    why: "Machines are told apart by the MAC address that they booted from; the payload's boot-info names it, and one of its interfaces has it.",
    fix: "Let the discovery client tell all interfaces that have an address, the one that it booted from included.",
  },
  AS1571: {
    title: "two machines cannot be told apart",
    why: "MAC addresses and UUIDs belong to one machine each; a copied payload, or a board whose maker left its number out, looks like this.",
    fix: "Remove the copy; give the board a UUID of its own in its firmware.",
  },
  AS1572: {
    title: "two interfaces have the same address",
    why: "Configs name other machines by address.",
    fix: "Look for two machines with the same lease or the same fixed address, and let them be discovered again.",
  },
  AS1573: {
    title: "an interface contradicts itself",
    why: "The address is none, or network and address in one (cidrv4) are others than those told by themselves.",
    fix: "Let the machine be discovered again; correct a file that was written by hand.",
  },
  AS1575: {
    title: "a role that was given does not fit the cluster",
    why: "Machines keep the roles that they have; roles of another plan would make a second set of members.",
    fix: "Write what an earlier run has given, for the same pools and the same choice of stacked.",
  },
  AS1576: {
    title: "networks of the cluster overlap",
    why: "Addresses of machines, of services and of containers are told apart by their networks.",
    fix: "Choose private networks that have no address in common.",
  },
  AS1577: {
    title: "two machines would share a part of the containers' network",
    why: "Each machine gets the part with the number of its address's last byte, which stays what it is when other machines come.",
    fix: "Give the machines addresses with different last bytes.",
  },
  AS1578: {
    title: "control planes are counted twice",
    why: "With stacked, every member of etcd is a control plane too: a pool of control planes beside them has nothing to do.",
    fix: "Remove the pool with the role control-plane, or stacked.",
  },
  AS1579: {
    title: "stores of etcd share a port",
    why: "One machine runs a member of each store, and every member listens on two ports of its own.",
    fix: "Give each store two ports that no other has.",
  },
} as const satisfies Record<string, CodeEntry>;
