/** Run by a test: starts a program that is to outlive this process, and is killed at once. */
import path from "node:path";
import { startDetached } from "../../../lab/driver/detached";

const folder = process.argv[2] ?? "";

void startDetached({
  argv: ["/bin/sh", "-c", "echo started; exec sleep 1000"],
  cwd: folder,
  logFile: path.join(folder, "log"),
  recordFile: path.join(folder, "process.json"),
}).then(() => {
  process.kill(process.pid, "SIGKILL");
});
