/** Removes the run's temporary folder. */
import { rmSync } from "node:fs";

export default function tearDown(): void {
  const folder = process.env.ARMSTEAD_TEST_TMPDIR;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
