/** Reads the account files of a host, and which tools it has to change them. */
import type { TaskContext } from "../../module";
import { TaskFailure } from "../task-failure";
import type { AccountFiles } from "./account-files";

/** What is there. */
export interface AccountFacts {
  readonly files: AccountFiles;
  /** Whether useradd and its family are there. */
  readonly hasTools: boolean;
}

const SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
command -v useradd >/dev/null 2>&1 && command -v usermod >/dev/null 2>&1 && echo yes || echo no
for name in passwd group shadow; do echo "@@$name"; cat "/etc/$name" 2>/dev/null; done
exit 0`;

/** One round trip. */
export async function readAccounts({
  host,
  signal,
}: Pick<TaskContext, "host" | "signal">): Promise<AccountFacts> {
  const { stdout } = await host.query({ argv: ["/bin/sh", "-c", SCRIPT] }, { signal });
  const [tools = "", passwd = "", group = "", shadow = ""] = stdout.split(/^@@\w+\n/m);
  if (passwd === "") throw new TaskFailure("/etc/passwd cannot be read");
  return { files: { passwd, group, shadow }, hasTools: tools.trim() === "yes" };
}
