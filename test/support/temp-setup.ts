/** One temporary folder for the whole run: cdktf's Testing leaves folders behind. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export default function setUp(): void {
  // Short, because sockets are made below it and their paths hold 107 characters at most.
  process.env.TMPDIR = mkdtempSync(path.join(tmpdir(), "ast-"));
  process.env.ARMSTEAD_TEST_TMPDIR = process.env.TMPDIR;
  // Tests that are about the run log name a folder of their own.
  process.env.ARMSTEAD_RUN_LOG = "off";
}
