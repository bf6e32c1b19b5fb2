/** `ansible.builtin.tempfile`: a new file or folder of its own, for its owner only. */
import { z } from "zod";
import { path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { inspect } from "./files/inspect";
import { formatMode } from "./files/mode";
import { TaskFailure } from "./task-failure";

/** $1: file or directory; $2: folder or empty; $3: prefix; $4: suffix. Creating fails for what is there, so it is new. */
const SCRIPT = `
umask 077
set -C
folder=\${2:-\${TMPDIR:-/tmp}}
[ -d "$folder" ] || { echo "No such file or directory: '$folder'" >&2; exit 1; }
n=0
while [ $n -lt 100 ]; do
  n=$((n + 1))
  middle=$(head -c 200 /dev/urandom | LC_ALL=C tr -dc 'a-z0-9_' | cut -c 1-8)
  path=\${folder%/}/$3$middle$4
  if [ "$1" = directory ]; then mkdir -- "$path"; else printf '' > "$path"; fi 2>/dev/null || continue
  printf '%s.' "$path"
  exit 0
done
echo "no temporary $1 can be made in $folder" >&2
exit 1`;

/** See the file's header. */
export const tempfileModule = defineModule({
  name: "tempfile",
  args: {
    state: z.enum(["file", "directory"]).default("file"),
    path: path().optional(),
    prefix: text().default("ansible."),
    suffix: text().default(""),
  },
  async run(context, { state, path: folder = "", prefix, suffix }) {
    if (context.check) {
      const message = "tempfile makes something new every time, so check mode does nothing";
      return { changed: false, skipped: true, message };
    }
    const { host, signal } = context;
    const argv = ["/bin/sh", "-c", SCRIPT, "sh", state, folder, prefix, suffix];
    const { code, stdout, stderr } = await host.change({ argv }, { signal });
    if (code !== 0) throw new TaskFailure(stderr.trim());
    const made = stdout.slice(0, -1);
    const { stat } = await inspect(host, made, { signal, checksum: false });
    const about = stat && {
      ...{ uid: stat.uid, gid: stat.gid, owner: stat.owner, group: stat.group },
      ...{ mode: formatMode(stat.mode), size: stat.size },
    };
    return { changed: true, values: { path: made, state, ...about } };
  },
});
