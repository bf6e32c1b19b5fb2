/** What makes a machine itself, whoever runs it: names and keys, as files over its root. */
import { LAB_HOST_NAME } from "../../core/lab-defaults";
import { file, folder, type TreeEntry } from "../../images/build/tree";
import type { MachineSpec } from "../machine-driver";
import type { HostKey } from "./host-key";

/**
 * The files.
 * @param labAddress - where the machine reaches the lab's services for nodes
 */
export function identityFiles(spec: MachineSpec, key: HostKey, labAddress: string): TreeEntry[] {
  const hosts = [
    "127.0.0.1 localhost",
    `${labAddress} ${LAB_HOST_NAME}`,
    `${spec.privateAddress} ${spec.hostname}`,
  ];
  return [
    folder("root", 0o700),
    folder("root/.ssh", 0o700),
    file("root/.ssh/authorized_keys", lines(spec.authorizedKeys), 0o600),
    file("etc/dropbear/hostkey", key.dropbear, 0o600),
    file("etc/hostname", lines([spec.hostname])),
    file("etc/hosts", lines(hosts)),
  ];
}

function lines(of: readonly string[]): string {
  return of.map((it) => `${it}\n`).join("");
}
