/** `armstead lab status`: devices, what runs them, and what was left over. */
import { Command } from "commander";
import { labStatus } from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import type { LabStatus } from "../../lab/lab-status";
import type { CommandContext } from "../context";
import { countOf } from "../count-of";
import { formatTable } from "../../core/table";

/** Makes the command. */
export function labStatusCommand({ output, signal }: CommandContext, home: LabHome): Command {
  return new Command("status")
    .description("devices of the lab, and what runs them")
    .action(async () => {
      const status = await labStatus(home, { signal });
      output().result(status, describe(status));
    });
}

function describe(status: LabStatus): string {
  const rows = status.devices.map((it) => [
    it.hostname,
    it.id.slice(0, 8),
    it.state,
    it.running ? "running" : "off",
    `${it.address}:${it.sshPort}`,
    it.system,
    it.plan,
  ]);
  const head = ["hostname", "id", "state", "machine", "ssh", "system", "plan"];
  const lines = [
    `driver ${status.driver}: ${status.description}`,
    [
      countOf(status.projects, "project"),
      countOf(status.sshKeys, "key"),
      countOf(status.devices.length, "device"),
    ].join(", "),
  ];
  if (rows.length > 0) lines.push("", formatTable(head, rows));
  if (status.leftovers.length > 0) {
    lines.push("", `machines without a device: ${status.leftovers.join(", ")}`);
  }
  return lines.join("\n");
}
