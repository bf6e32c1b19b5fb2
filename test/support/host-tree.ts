/** A small file tree on a host, written and read back as data, in one command each. */
import type { Host } from "../../playbooks/runner/host";
import { parseStat } from "../../playbooks/runner/transport/parse-stat";
import { STAT_FORMAT } from "../../playbooks/runner/transport/file-scripts";
import { quote } from "../../playbooks/runner/transport/quote";

/** More about a file than its content. */
export interface TreeDetails {
  readonly content?: string;
  readonly target?: string;
  readonly folder?: true;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
}

/** A file's content, or more about it. */
export type TreeItem = string | TreeDetails;

/** Items by path below the tree's root. */
export type Tree = Readonly<Record<string, TreeItem>>;

const READ_SCRIPT = `
for path; do
  printf '%s\\0' "$path"
  stat -c '${STAT_FORMAT}' -- "$path"
  if [ -L "$path" ]; then readlink -- "$path"; fi
  printf '\\0'
  if [ -f "$path" ] && [ ! -L "$path" ]; then base64 < "$path"; fi
  printf '\\0'
done`;

/** Empties a folder and fills it. */
export async function writeTree(host: Host, root: string, tree: Tree): Promise<void> {
  const commands = Object.entries(tree).map(([name, item]) => {
    const path = quote(`${root}/${name}`);
    const { content = "", target, folder, mode, owner = "", group = "" } = asDetails(item);
    const made = folder
      ? `mkdir -p ${path}`
      : target === undefined
        ? `printf %s ${quote(content)} > ${path}`
        : `ln -s ${quote(target)} ${path}`;
    return [
      `mkdir -p "$(dirname ${path})"`,
      made,
      ...(owner + group === "" ? [] : [`chown -h ${quote(`${owner}:${group}`)} ${path}`]),
      ...(mode === undefined ? [] : [`chmod ${mode} ${path}`]),
    ].join(" && ");
  });
  const script = [`rm -rf ${quote(root)} && mkdir -p ${quote(root)}`, ...commands].join(" &&\n");
  const { code, stderr } = await host.change({ script }, {});
  if (code !== 0) throw new Error(`the tree cannot be written: ${stderr}`);
}

/**
 * The tree, with as much about each item as the pattern tells. Folders that only hold something
 * else are left out unless the pattern names them.
 * @param plain - makes names of those that hold a time or the like
 */
export async function readTree(
  host: Host,
  root: string,
  pattern: Tree,
  plain: (name: string) => string = (name) => name,
): Promise<Tree> {
  const script = `find "$1" -mindepth 1 -print0 | xargs -0 -r sh -c "$2" sh`;
  const argv = ["/bin/sh", "-c", script, "sh", root, READ_SCRIPT];
  const { stdout } = await host.query({ argv }, {});
  const fields = stdout.split("\0").slice(0, -1);
  const names = fields
    .filter((_, index) => index % 3 === 0)
    .map((it) => plain(it.slice(root.length + 1)));
  const items = names.map((name, index) => {
    const [stat = "", content = ""] = fields.slice(index * 3 + 1);
    return [name, readItem(stat, content, pattern[name])] as const;
  });
  const implied = (name: string): boolean =>
    !Object.hasOwn(pattern, name) && names.some((other) => other.startsWith(`${name}/`));
  return Object.fromEntries(items.filter(([name]) => !implied(name)));
}

function readItem(stat: string, base64: string, pattern: TreeItem = ""): TreeItem {
  const { type, target, mode, owner, group } = parseStat(stat);
  const content = Buffer.from(base64, "base64").toString();
  if (typeof pattern === "string" && type === "file") return content;
  const wanted = asDetails(pattern);
  return {
    ...(type === "directory" ? { folder: true } : {}),
    ...(type === "link" ? { target: target ?? "" } : {}),
    ...(type === "file" && wanted.content !== undefined ? { content } : {}),
    ...(wanted.mode === undefined ? {} : { mode: mode.toString(8).padStart(4, "0") }),
    ...(wanted.owner === undefined ? {} : { owner }),
    ...(wanted.group === undefined ? {} : { group }),
  };
}

function asDetails(item: TreeItem): TreeDetails {
  return typeof item === "string" ? { content: item } : item;
}
