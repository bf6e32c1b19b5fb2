/** `ansible.builtin.package`: packages with what the host has: apt, apk or dnf. */
import { z } from "zod";
import type { TaskContext } from "../module";
import { APT_ARGS, type AptArgs, aptModule, runAptModule } from "./apt";
import { textList } from "./args/fields";
import { defineModule } from "./define-module";
import { runSimpleManager } from "./packages/simple-manager";
import { TaskFailure } from "./task-failure";

const SCRIPT = `
PATH=$PATH:/usr/sbin:/sbin
for tool in apt-get apk dnf yum; do
  command -v "$tool" >/dev/null 2>&1 && { echo "$tool"; exit 0; }
done`;

const MANAGERS: Readonly<Record<string, "apt" | "apk" | "dnf">> = {
  ...{ "apt-get": "apt", apk: "apk", dnf: "dnf", yum: "dnf" },
};
/** Words of the managers themselves. */
const STATES = { installed: "present", removed: "absent" } as const;

/** What only some managers take is handed on, and judged by them. */
const HANDED_ON = [
  ...Object.keys(APT_ARGS).filter((it) => it !== "name" && it !== "state"),
  ...["disable_gpg_check", "disablerepo", "enablerepo"],
];
const MORE = Object.fromEntries(HANDED_ON.map((it) => [it, z.unknown().optional()])) as {
  readonly update_cache: z.ZodOptional<z.ZodUnknown>;
};

/** See the file's header. */
export const packageModule = defineModule({
  name: "package",
  args: {
    ...MORE,
    name: textList().pipe(z.array(z.string()).min(1)),
    state: z.enum(["present", "absent", "latest", "installed", "removed"]),
    use: z
      .preprocess(
        (it) => (it === "yum" ? "dnf" : it),
        z.enum(["auto", "apt", "apk", "dnf"], "expected auto, apt, apk, dnf or yum"),
      )
      .default("auto"),
  },
  aliases: { name: ["pkg"] },
  async run(context, { name, state: given, use, ...more }) {
    const state = given === "installed" || given === "removed" ? STATES[given] : given;
    const manager = use === "auto" ? await managerOf(context) : use;
    const [other] = Object.entries(more).flatMap(([it, value]) =>
      value === undefined ? [] : [it],
    );
    if (manager === "apt") return runAptModule(context, aptArguments({ ...more, name, state }));
    if (other !== undefined) throw new TaskFailure(`${other} is not supported with ${manager}`);
    return runSimpleManager(context, manager, { names: name, state });
  },
});

/** @throws TaskFailure for what apt does not take */
function aptArguments(given: Readonly<Record<string, unknown>>): AptArgs {
  const wanted = Object.entries(given).filter(([, value]) => value !== undefined);
  const read = aptModule.args.safeParse(Object.fromEntries(wanted));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new TaskFailure(`apt: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim());
}

async function managerOf({ host, signal }: TaskContext): Promise<"apt" | "apk" | "dnf"> {
  const { stdout } = await host.query({ argv: ["/bin/sh", "-c", SCRIPT] }, { signal });
  const found = MANAGERS[stdout.trim()];
  if (found === undefined) {
    throw new TaskFailure(
      "the host has none of apt-get, apk, dnf and yum, so packages cannot be managed",
    );
  }
  return found;
}
