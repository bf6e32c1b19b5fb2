import { consoleState } from "../../../lab/qemu/console-state";

const BOOT = "machine: boot\n";
const READY = "machine: ready\n";
const PANIC = "[    0.9] Kernel panic - not syncing: System is deadlocked on memory\n";

test.each([
  ["nothing yet", "", "booting"],
  ["a boot", BOOT, "booting"],
  ["a boot to its end", BOOT + READY, "ready"],
  ["a reboot under way", BOOT + READY + BOOT, "booting"],
  ["a panic before the first program", PANIC, "panicked"],
  ["a panic later", BOOT + READY + PANIC, "panicked"],
  ["a panic that a reboot cured", BOOT + PANIC + BOOT + READY, "ready"],
])("consoleState() after %s", (_, text, state) => {
  expect(consoleState(text)).toBe(state);
});
