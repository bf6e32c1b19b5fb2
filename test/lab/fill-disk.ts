/**
 * Run by a test in a mount namespace of its own, with a folder on a small disk: a lab whose disk gets full
 * and is freed again. Prints the statuses of its answers, and what a restart finds.
 */
import { rmSync, writeSync, openSync } from "node:fs";
import path from "node:path";
import { MemoryDriver } from "./support/memory-driver";
import { startTestLab } from "./support/lab";

async function main(folder: string): Promise<void> {
  const lab = await startTestLab({ folder });
  // More than what is left of the journal's last block.
  const customdata = { padding: "x".repeat(10_000) };
  const post = async (name: string): Promise<number> =>
    (await lab.call("POST", "/projects", { name, customdata })).status;
  const statuses = [await post("early")];
  fill(path.join(folder, "filler"));
  statuses.push(await post("refused"), (await lab.call("GET", "/projects")).status);
  rmSync(path.join(folder, "filler"));
  statuses.push(await post("refused too"));
  const stopped = await lab.lab.stop().then(
    () => "in order",
    (error: unknown) => String(error),
  );
  const again = await startTestLab({ folder, driver: new MemoryDriver() });
  const { body } = await again.call("GET", "/projects");
  const late = (await again.call("POST", "/projects", { name: "late" })).status;
  await again.lab.stop();
  const names = (body.projects as { name: string }[]).map((it) => it.name);
  process.stdout.write(JSON.stringify({ statuses, stopped, names, late }));
}

function fill(file: string): void {
  const fd = openSync(file, "w");
  try {
    for (;;) writeSync(fd, Buffer.alloc(4096));
  } catch {
    // Full.
  }
}

void main(process.argv[2] ?? "");
