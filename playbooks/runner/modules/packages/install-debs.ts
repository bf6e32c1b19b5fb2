/** Installs package files that lie on the host, or that it downloads, with what they depend on. */
import type { TaskContext, TaskResult } from "../../module";
import { FETCH_FUNCTION } from "../download/fetch-script";
import { runAll } from "../files/attributes";
import { TaskFailure } from "../task-failure";
import { aptDiff, failRun, runApt, type AptRun } from "./apt-get";
import { readApt } from "./apt-state";
import { compareVersions } from "./compare-versions";

/**
 * $@: paths and addresses. Each gets a name with which apt-get takes it for a file, in a folder of its own, which is
 * told in the first line; then one line a package: name, version, architecture.
 */
const LOOK_SCRIPT = `
LC_ALL=C; export LC_ALL
${FETCH_FUNCTION}
headers= timeout=60 insecure=
work=$(mktemp -d) && chmod 0755 "$work" || exit 1
fail() { rm -rf -- "$work"; exit 1; }
echo "$work"
n=0
for source; do
  n=$((n + 1))
  file=$work/$n.deb
  case $source in
  *://*) fetch "$source" "$file" || fail ;;
  /*) ln -s -- "$source" "$file" ;;
  *) ln -s -- "$PWD/$source" "$file" ;;
  esac
  [ -f "$file" ] || { echo "no such file: $source" >&2; fail; }
  dpkg-deb --show --showformat='\${Package}\\t\${Version}\\t\${Architecture}\\n' "$file" || fail
done`;

/** What decides beside the files. */
export interface DebWish extends Omit<AptRun, "words"> {
  readonly sources: readonly string[];
  readonly allowDowngrade: boolean;
  /** Words of `apt-get` ahead of `install`. */
  readonly options: readonly string[];
}

/** @throws TaskFailure for what is no package, or older than what is installed */
export async function installDebs(context: TaskContext, wish: DebWish): Promise<TaskResult> {
  const { host, signal } = context;
  const argv = ["/bin/sh", "-c", LOOK_SCRIPT, "sh", ...wish.sources];
  // Links and downloads in a folder of their own are no change of the host.
  const { code, stdout, stderr } = await host.query({ argv }, { signal });
  const [work = "", ...rows] = stdout.split("\n");
  if (code !== 0) throw new TaskFailure(`Unable to install package: ${stderr.trim()}`);
  try {
    const due = await dueFiles(context, wish, rows.filter(Boolean));
    if (due.length === 0) return { changed: false, values: { stdout: "", stderr: "" } };
    const words = [...wish.options, "install", ...due.map((it) => `${work}/${it}.deb`)];
    const result = await runApt(context, { ...wish, words });
    if (result.code !== 0) failRun(words, result);
    return {
      changed: true,
      values: { stdout: result.stdout, stderr: result.stderr },
      ...(context.diff ? { diff: aptDiff(result.stdout) } : {}),
    };
  } finally {
    if (!context.check && work !== "") await runAll(context, [["rm", "-rf", "--", work]]);
    else await host.query({ argv: ["rm", "-rf", "--", work] }, { signal });
  }
}

/** Numbers of the files whose version is not the installed one. */
async function dueFiles(
  context: TaskContext,
  { allowDowngrade }: DebWish,
  rows: readonly string[],
): Promise<number[]> {
  const { installed } = await readApt(context, { names: [] });
  return rows.flatMap((row, index) => {
    const [name = "", version = "", architecture = ""] = row.split("\t");
    const old = installed.get(`${name}:${architecture}`) ?? installed.get(name);
    const order = old?.installed === true ? compareVersions(version, old.version) : 1;
    if (order < 0 && !allowDowngrade) {
      throw new TaskFailure(`A later version is already installed`);
    }
    return order === 0 ? [] : [index + 1];
  });
}
