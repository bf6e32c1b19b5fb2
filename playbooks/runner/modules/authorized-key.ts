/** `ansible.posix.authorized_key`: which public keys may log in as a user. */
import path from "node:path";
import { z } from "zod";
import type { TaskContext } from "../module";
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
  follow: flag().default(false),
  key_options: text().optional(),
  comment: text().optional(),
};

type KeyArgs = z.output<z.ZodObject<typeof ARGS>>;

/** See the file's header. */
export const authorizedKeyModule = defineModule({
  name: "authorized_key",
  args: ARGS,
  async run(context, args) {
    const account = await findAccount(context, args);
    const file = args.path ?? path.posix.join(account?.home ?? "/", ".ssh", "authorized_keys");
    const before = await context.host.readFile(file, context);
    const { text: after, changed } = planKeys(before?.toString() ?? "", args);
    const isThere = before !== undefined || (changed && !context.check);
    const values = valuesOf(args, file, isThere);
    if (!changed) return { changed, values };
    if (account !== undefined && !context.check) await makeFolder(context, args, { account, file });
    const result = await ensureContent(context, {
      path: file,
      content: Buffer.from(after),
      mode: 0o600,
      ...(account === undefined ? {} : { owner: `${account.uid}`, group: `${account.gid}` }),
      follow: args.follow,
    });
    return { ...result, changed, values: { ...result.values, ...values } };
  },
});

/** Ansible's registered values: of a path that was given, they say what is there. */
function valuesOf(args: KeyArgs, keyfile: string, isThere: boolean): Record<string, unknown> {
  const { key_options = null, comment = null, path: given = null, ...others } = args;
  const state = given === null ? args.state : isThere ? "file" : "absent";
  return { ...others, key_options, comment, path: given, keyfile, state };
}

/** Undefined: nobody yet, since the task that makes the user is only checked as well. */
async function findAccount(
  context: TaskContext,
  { user, path: given }: KeyArgs,
): Promise<Account | undefined> {
  const { files } = await readAccounts(context);
  const account = parseAccounts(files).find((it) => it.name === user);
  if (account !== undefined || (context.check && given !== undefined)) return account;
  throw new TaskFailure(
    context.check
      ? "Either user must exist or you must provide full path to key file in check mode"
      : `Failed to lookup user ${user}`,
  );
}

/** The folder with the mode and the owner that sshd insists on, or only a folder. */
async function makeFolder(
  context: TaskContext,
  { manage_dir: manage }: KeyArgs,
  { account, file }: { readonly account: Account; readonly file: string },
): Promise<void> {
  const folder = path.posix.dirname(file);
  if (!manage) return runAll(context, [["mkdir", "-p", "--", folder]]);
  const { stat } = await inspect(context.host, folder, { ...context, checksum: false });
  await runAll(context, [
    ...(stat === undefined ? [["mkdir", "-m", "0700", "--", folder]] : []),
    ["chown", "--", `${account.uid}:${account.gid}`, folder],
    ["chmod", "0700", folder],
  ]);
}
