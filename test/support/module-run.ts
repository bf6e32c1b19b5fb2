/** Runs modules on a namespaced host, as the engine would: arguments parsed, in check mode or for good. */
import type { Host } from "../../playbooks/runner/host";
import type { TaskResult } from "../../playbooks/runner/module";
import { MODULES } from "../../playbooks/runner/modules/registry";
import { openHost } from "../../playbooks/runner/transport/open-host";
import { startNamespacedHost, type NamespacedHost } from "./namespaced-host";
import type { RootFlavour } from "./namespaced-root";
import { taskContext, type ContextParts } from "./task-context";

/** A host and short words for what tests do with it. */
export interface ModuleBench {
  readonly host: Host;
  /** The way in, for further connections. */
  readonly machine: NamespacedHost;
  run(
    module: string,
    args: Readonly<Record<string, unknown>>,
    parts?: ContextParts,
  ): Promise<TaskResult>;
  /** Check mode, for good, and once more: whether each of them changed something. */
  thrice(
    module: string,
    args: Readonly<Record<string, unknown>>,
    parts?: ContextParts,
  ): Promise<boolean[]>;
  /** The output of a script. @throws when it fails */
  shell(script: string): Promise<string>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a host and connects to it. */
export async function startBench(flavour: RootFlavour): Promise<ModuleBench> {
  const machine = await startNamespacedHost(flavour);
  const { signal } = new AbortController();
  const host = await openHost(
    { name: "node", ...machine },
    { key: machine.key, connectTimeout: 10_000, signal },
  );
  const run: ModuleBench["run"] = (name, args, parts) => {
    const module = MODULES.get(name);
    if (module === undefined) throw new Error(`no module ${name}`);
    return module.run(taskContext(host, parts), module.args.parse(args));
  };
  return {
    host,
    machine,
    run,
    async thrice(name, args, parts) {
      const changes: boolean[] = [];
      for (const check of [true, false, false]) {
        const { changed, failed, message } = await run(name, args, { ...parts, check });
        if (failed) throw new Error(message);
        changes.push(changed);
      }
      return changes;
    },
    async shell(script) {
      const { code, stdout, stderr } = await host.change({ script }, {});
      if (code !== 0) throw new Error(`${script}: ${stderr}`);
      return stdout;
    },
    restart: () => machine.restart(),
    async stop() {
      host.close();
      await machine.stop();
    },
  };
}
