/** What the demo prints at its end. */
import type { ProvedNode } from "../../demo/deploy";
import { nodeReport, phaseReport } from "../../demo/report";

const KERNEL = "6.12.48+deb13-arm64 #1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1 (2025-09-20)";

function proved(name: string, parts: Partial<ProvedNode> = {}): ProvedNode {
  return {
    node: {
      name,
      role: "etcd-member",
      kernel: "standard",
      address: "127.93.224.1",
      port: 2222,
      user: "root",
      private_address: "10.96.0.1",
      host_keys: ["ssh-ed25519 AAAA"],
    },
    kernel: KERNEL,
    proofs: ["aarch64"],
    seconds: 12,
    ...parts,
  };
}

test("nodeReport() has a row a node, with its kernel and what was checked below", () => {
  const nodes = [proved("members-0"), proved("workers-0", { seconds: undefined })];

  expect(nodeReport(nodes).split("\n")).toEqual([
    "NODE       ROLE         ADDRESS            SECONDS  UNAME -RV AND WHAT WAS CHECKED",
    `members-0  etcd-member  127.93.224.1:2222  12       ${KERNEL}`,
    "                                                    checked: aarch64",
    `workers-0  etcd-member  127.93.224.1:2222  -        ${KERNEL}`,
    "                                                    checked: aarch64",
  ]);
});

test("nodeReport() breaks what was checked into lines between proofs, and loses none", () => {
  const proofs = Array.from({ length: 20 }, (_, n) => `proof number ${n}`);

  const lines = nodeReport([proved("members-0", { proofs })])
    .split("\n")
    .slice(2);

  const texts = lines.map((it) => it.trim().replace(/^checked: /, ""));
  expect(texts.join(" ").split(", ")).toEqual(proofs);
  expect(lines.length).toBeGreaterThan(2);
  expect(Math.max(...texts.map((it) => it.length))).toBeLessThanOrEqual(67);
  expect(new Set(lines.map((it) => it.search(/proof/))).size).toBe(1);
});

test("nodeReport() of a proof that is wider than its column, and of none", () => {
  const wide = "x".repeat(200);

  const lines = nodeReport([
    proved("a", { proofs: ["first", wide, "last"] }),
    proved("b", { proofs: [] }),
  ]).split("\n");

  expect(lines.map((it) => it.trim()).filter((it) => !it.includes(KERNEL))).toEqual([
    "NODE  ROLE         ADDRESS            SECONDS  UNAME -RV AND WHAT WAS CHECKED",
    "checked: first,",
    `${wide},`,
    "last",
    "checked:",
  ]);
});

test("phaseReport() shows every phase and their sum, numbers under each other", () => {
  const phases = [
    { name: "system requirements", milliseconds: 4 },
    { name: "cdktf deploy", milliseconds: 95_400 },
    { name: "checks", milliseconds: 2_345 },
  ];

  expect(phaseReport(phases).split("\n")).toEqual([
    "system requirements          4 ms",
    "cdktf deploy           1 min 35 s",
    "checks                      2.3 s",
    "total                  1 min 38 s",
  ]);
});

test("phaseReport() of nothing is a sum of nothing", () => {
  expect(phaseReport([])).toBe("total          0 ms");
});
