/** The context of one task, for tests of modules: travelling files and variables as plain data. */
import type { Host } from "../../playbooks/runner/host";
import type { TaskContext } from "../../playbooks/runner/module";
import { readOnly } from "../../playbooks/runner/transport/read-only";

/** What a test gives; the rest has a usual value. */
export interface ContextParts {
  readonly check?: boolean;
  /** Travelling files by path. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** Takes what is saved on this machine. @default - nothing may be */
  readonly saveLocal?: TaskContext["saveLocal"];
}

/** A context whose templates know `{{ name }}` only: rendering has tests of its own. */
export function taskContext(host: Host, parts: ContextParts = {}): TaskContext {
  const { check = false, files = {}, vars = {}, signal = new AbortController().signal } = parts;
  const valueOf = (name: string): unknown => vars[name.trim()];
  const { saveLocal = () => Promise.reject(new Error("nothing is saved here")) } = parts;
  return {
    saveLocal,
    host: check ? readOnly(host) : host,
    check,
    diff: true,
    signal,
    vars,
    file: (name) => (Object.hasOwn(files, name) ? Buffer.from(files[name] ?? "") : undefined),
    filesBelow: (folder) => {
      const start = folder.endsWith("/") ? folder : `${folder}/`;
      const below = Object.keys(files).filter((it) => it.startsWith(start));
      return below.map((it) => it.slice(start.length));
    },
    render: (text) => text.replaceAll(/\{\{(.*?)\}\}/g, (_, name: string) => String(valueOf(name))),
    job: () => undefined,
    dropJob: () => false,
    evaluate: valueOf,
  };
}
