/** What a machine's serial console says about its boot. Pure. */
import { CONSOLE_BOOT, CONSOLE_READY } from "../../images/build/guest/machine-init";

/** `booting` until sshd is about to listen; `panicked` when the kernel gave up since the last boot. */
export type ConsoleState = "booting" | "ready" | "panicked";

const PANIC = "Kernel panic";

/** The state after all that was printed since power on; a machine may have rebooted meanwhile. */
export function consoleState(text: string): ConsoleState {
  const boot = text.lastIndexOf(CONSOLE_BOOT);
  if (text.lastIndexOf(PANIC) > boot) return "panicked";
  return text.lastIndexOf(CONSOLE_READY) > boot ? "ready" : "booting";
}
