/** What the demo prints at its end: the nodes with what was proved, and where the time went. Pure. */
import { formatDuration } from "../core/duration";
import type { ProvedNode } from "./deploy";
import type { Phase } from "./phases";

/** The table of nodes. */
export function nodeReport(proved: readonly ProvedNode[]): string {
  const blocks = proved.map(({ node, kernel, proofs, seconds }) => {
    const time = seconds === undefined ? "" : `, up in ${seconds} s`;
    return [
      `${node.name}  ${node.role}  ${node.address}:${node.port}${time}`,
      `  ${kernel}`,
      ...proofs.map((it) => `  ok  ${it}`),
    ].join("\n");
  });
  return blocks.join("\n\n");
}

/** Where the time went. */
export function phaseReport(phases: readonly Phase[]): string {
  const total = phases.reduce((sum, it) => sum + it.milliseconds, 0);
  const width = Math.max(...phases.map(({ name }) => name.length), "total".length);
  const rows = [...phases, { name: "total", milliseconds: total }];
  return rows
    .map(
      ({ name, milliseconds }) =>
        `${name.padEnd(width)}  ${formatDuration(milliseconds).padStart(12)}`,
    )
    .join("\n");
}
