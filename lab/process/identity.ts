/** What makes a process machine itself: names, keys, and where its sshd listens. */
import { LAB_HOST_NAME } from "../../core/lab-defaults";
import { file, folder, type TreeEntry } from "../../images/build/tree";
import type { HostKey } from "../driver/host-key";
import type { MachineSpec } from "../machine-driver";

/** The files. */
export function identityFiles(spec: MachineSpec, key: HostKey): TreeEntry[] {
  const hosts = [
    "127.0.0.1 localhost",
    `127.0.0.1 ${LAB_HOST_NAME}`,
    `${spec.privateAddress} ${spec.hostname}`,
  ];
  return [
    folder("root", 0o700),
    folder("root/.ssh", 0o700),
    file("root/.ssh/authorized_keys", lines(spec.authorizedKeys), 0o600),
    file("etc/dropbear/hostkey", key.dropbear, 0o600),
    file("etc/hostname", lines([spec.hostname])),
    file("etc/hosts", lines(hosts)),
    file("etc/listen", lines([`${spec.address}:${spec.sshPort}`])),
  ];
}

function lines(of: readonly string[]): string {
  return of.map((it) => `${it}\n`).join("");
}
