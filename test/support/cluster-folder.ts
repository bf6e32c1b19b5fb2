/** A folder with a cluster file and the files that cluster files in tests refer to. */
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LoadedCluster } from "../../cluster";
import { readCluster } from "../../stacks";

const FILES = path.join(__dirname, "..", "cluster", "load-files");

/** Makes the folder with `cluster.yaml` in it; the run's temporary folder is removed as a whole. */
export function clusterFolder(yaml: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "cluster-"));
  cpSync(FILES, folder, { recursive: true });
  // Not kept as files: one would alarm whoever looks for lost keys, the other is no text.
  writeFileSync(path.join(folder, "private"), "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n");
  writeFileSync(path.join(folder, "binary.yml"), Uint8Array.of(0xff, 0xfe, 0));
  writeFileSync(path.join(folder, "cluster.yaml"), yaml);
  return folder;
}

/** Loads a cluster file's text. */
export function loadText(yaml: string): LoadedCluster {
  return readCluster("cluster.yaml", {
    environment: { HOME: "/nowhere" },
    folder: clusterFolder(yaml),
  });
}

/** A small valid cluster file; `more` is put behind it. */
export function clusterText(more = ""): string {
  return `apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64, c2.large.arm] } }
access: { sshKeys: [./key.pub] }
pools:
  - { name: members, role: etcd-member, count: 3 }
  - { name: workers, role: worker, count: 2, kernel: realtime, labels: { latency: low } }
deployment: { kind: etcd }
${more}`;
}
