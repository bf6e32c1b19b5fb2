/** Notes which files tasks own: those that modules of files made, and of them those that may hold a secret. */
import type { Become } from "../host";
import type { TaskResult } from "../module";
import { isLookable, type PrintKind } from "./prints";

/** Modules that own what they write, down to the content or the attributes. */
const OWNERS = new Set(
  "assemble blockinfile copy file get_url ini_file lineinfile replace template".split(" "),
);

/** The files of one host, by whom its tasks became. */
export class NotedFiles {
  readonly #groups = new Map<
    string,
    { readonly become: Become | undefined; readonly paths: Map<string, PrintKind> }
  >();

  /** By user; a path is told of once, by the one who wrote it last. */
  get groups(): readonly {
    readonly become: Become | undefined;
    readonly paths: ReadonlyMap<string, PrintKind>;
  }[] {
    return [...this.#groups.values()].filter(({ paths }) => paths.size > 0);
  }

  /** Takes what a task did; `secret` where it shows nothing. */
  note(
    module: string,
    args: unknown,
    {
      result: { values = {}, failed, skipped },
      become,
      secret,
    }: {
      readonly result: TaskResult;
      readonly become: Become | undefined;
      readonly secret: boolean;
    },
  ): void {
    if (!OWNERS.has(module) || failed === true || skipped === true) return;
    const given = args as Readonly<Record<string, unknown>>;
    const path = [values.dest, values.path, given.dest, given.path].find(
      (it) => typeof it === "string",
    );
    if (typeof path !== "string" || !isLookable(path)) return;
    let isSecret = secret;
    for (const { paths } of this.#groups.values()) {
      if (paths.get(path) === "time") isSecret = true;
      paths.delete(path);
    }
    const key = become ? `${become.method} ${become.user}` : "";
    const group = this.#groups.get(key) ?? { become, paths: new Map<string, PrintKind>() };
    group.paths.set(path, isSecret ? "time" : "content");
    this.#groups.set(key, group);
  }
}
