/** `ansible.builtin.getent`: entries of the host's databases as facts. */
import type { TaskContext, TaskResult } from "../module";
import { parseDatabase } from "./accounts/parse-database";
import { flag, name as nameField, text } from "./args/fields";
import { splitLines } from "./args/run-command";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

const COLONS: readonly string[] = ["passwd", "shadow", "group", "gshadow"];

/**
 * $1: database; $2: service or empty; $3: key, when there is one. Where getent is missing, as on minimal nodes,
 * the databases that are plain files are read as such; a key is a name or the number behind it.
 */
const SCRIPT = `
LC_ALL=C; export LC_ALL
database=$1 service=$2
shift 2
if command -v getent >/dev/null 2>&1; then
  getent \${service:+-s "$service"} -- "$database" "$@"
  exit
fi
[ -z "$service" ] || [ "$service" = files ] || { echo "the host has no getent to ask $service" >&2; exit 4; }
case $database in
passwd | group | shadow | gshadow) separator=: ;;
hosts | services | protocols | networks) separator= ;;
*) exit 1 ;;
esac
[ -r "/etc/$database" ] || exit 2
[ $# -gt 0 ] || { sed '/^#/d; /^$/d' "/etc/$database"; exit 0; }
KEY=$1 BASE=$database awk \${separator:+-F "$separator"} '
/^#/ || /^$/ { next }
{ hit = ($1 == ENVIRON["KEY"]) }
ENVIRON["BASE"] ~ /^(passwd|group)$/ && $3 == ENVIRON["KEY"] { hit = 1 }
ENVIRON["BASE"] !~ /^(passwd|group|shadow|gshadow)$/ {
  sub(/#.*/, "")
  for (n = 1; n <= NF; n++) if ($n == ENVIRON["KEY"]) hit = 1
}
hit { print; found = 1; exit }
END { exit found ? 0 : 2 }' "/etc/$database"`;

const MESSAGES: Readonly<Record<number, string>> = {
  1: "Missing arguments, or database unknown.",
  2: "One or more supplied key could not be found in the database.",
  3: "Enumeration not supported on this database.",
};

/** See the file's header. */
export const getentModule = defineModule({
  name: "getent",
  args: {
    database: nameField(/^[a-z][\w-]*$/, "the name of a database"),
    key: text().optional(),
    service: nameField(/^[\w:.-]+$/, "the name of a service").optional(),
    split: text().optional(),
    fail_key: flag().default(true),
  },
  async run(context, { database, key, service = "", split, fail_key: mustBeThere }) {
    const words = [database, service, ...(key === undefined ? [] : [key])];
    const { code, stdout, stderr } = await ask(context, words);
    if (code === 0) {
      const separator = split ?? (COLONS.includes(database) ? ":" : undefined);
      return found(database, parseDatabase(splitLines(stdout), separator));
    }
    const message = MESSAGES[code] ?? (stderr.trim() || "Unexpected failure!");
    if (code !== 2 || mustBeThere || key === undefined) throw new TaskFailure(message);
    return { ...found(database, { [key]: null }), message };
  },
});

function found(database: string, entries: Readonly<Record<string, unknown>>): TaskResult {
  const hostFacts = { [`getent_${database}`]: entries };
  return { changed: false, hostFacts, values: { ansible_facts: hostFacts } };
}

function ask({ host, signal }: TaskContext, words: readonly string[]) {
  return host.query({ argv: ["/bin/sh", "-c", SCRIPT, "sh", ...words] }, { signal });
}
