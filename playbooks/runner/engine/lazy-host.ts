/** A host to which a module connects itself, as often as it likes: `wait_for_connection`. */
import type { Host } from "../host";
import type { HostRun } from "./host-run";

/** Connects at the first use, and again after `close`; within the time of the command that needs it. */
export function lazyHost(run: HostRun): Host {
  const made = (timeout?: number): Promise<Host> => run.connect(timeout);
  return {
    name: run.name,
    get counts() {
      return run.connection?.counts ?? { queries: 0, changes: 0 };
    },
    query: async (command, options) => (await made(command.timeout)).query(command, options),
    change: async (command, options) => (await made()).change(command, options),
    stat: async (path, options) => (await made()).stat(path, options),
    readFile: async (path, options) => (await made()).readFile(path, options),
    checksum: async (path, options) => (await made()).checksum(path, options),
    writeFile: async (path, content, attributes, options) => {
      await (await made()).writeFile(path, content, attributes, options);
    },
    // Whether another user can be had is no part of the question.
    as: () => lazyHost(run),
    reconnect: async (options) => {
      await (await made()).reconnect(options);
    },
    close: () => {
      run.close();
    },
  };
}
