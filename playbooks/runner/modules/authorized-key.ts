/** `ansible.posix.authorized_key`: which public keys may log in as a user. */
import path from "node:path";
import { z } from "zod";
import type { TaskContext, TaskResult } from "../module";
import { parseAccounts, type Account } from "./accounts/account-files";
import { planKeys } from "./accounts/plan-keys";
import { readAccounts } from "./accounts/read-accounts";
import { flag, path as pathField, text } from "./args/fields";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { ensureContent } from "./files/ensure-content";
import { inspect } from "./files/inspect";
import { TaskFailure } from "./task-failure";

const ARGS = {
  user: text(),
  key: text().refine((it) => !/^https?:/.test(it), "keys are not fetched from URLs: give the keys"),
  state: z.enum(["present", "absent"]).default("present"),
  exclusive: flag().default(false),
  path: pathField().optional(),
  manage_dir: flag().default(true),
  key_options: text().optional(),
  comment: text().optional(),
};

type KeyArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const authorizedKeyModule = defineModule({
  name: "authorized_key",
  args: ARGS,
  async run(context, args) {
    const { files } = await readAccounts(context);
    const account = parseAccounts(files).find((it) => it.name === args.user);
    if (account === undefined) throw new TaskFailure(`Failed to lookup user ${args.user}`);
    const file = args.path ?? path.posix.join(account.home, ".ssh", "authorized_keys");
    const folder = await ensureFolder(context, args, { account, folder: path.posix.dirname(file) });
    const before = (await context.host.readFile(file, context))?.toString() ?? "";
    const after = planKeys(before, args);
    const values = { user: args.user, keyfile: file, state: args.state };
    if (after === before) return { changed: folder, values };
    const result = await ensureContent(context, {
      path: file,
      content: Buffer.from(after),
      mode: 0o600,
      owner: `${account.uid}`,
      group: `${account.gid}`,
      follow: true,
    });
    return { ...result, changed: true, values };
  },
});

/** The folder with the mode and the owner that sshd insists on. @returns whether it changes */
async function ensureFolder(
  context: TaskContext,
  { manage_dir: manage, state }: KeyArgs,
  { account, folder }: { readonly account: Account; readonly folder: string },
): Promise<TaskResult["changed"]> {
  if (!manage || state === "absent") return false;
  const { stat } = await inspect(context.host, folder, { ...context, checksum: false });
  if (stat?.uid === account.uid && stat.mode === 0o700) return false;
  if (!context.check) {
    await runAll(context, [
      ["mkdir", "-p", "--", folder],
      ["chown", "--", `${account.uid}:${account.gid}`, folder],
      ["chmod", "0700", folder],
    ]);
  }
  return true;
}
