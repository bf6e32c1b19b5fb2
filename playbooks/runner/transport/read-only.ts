/** The guard of check mode: a host that refuses whatever may change it. */
import { Bug } from "../../../core/faults";
import type { Host } from "../host";

/** The same host, without a way to change it: `change` and `writeFile` throw a {@link Bug}. */
export function readOnly(host: Host): Host {
  const refuse = (what: string): Promise<never> =>
    Promise.reject(new Bug(`${what} on ${host.name} in check mode`));
  return {
    name: host.name,
    counts: host.counts,
    query: (command, options) => host.query(command, options),
    change: () => refuse("a change"),
    stat: (path, options) => host.stat(path, options),
    readFile: (path, options) => host.readFile(path, options),
    checksum: (path, options) => host.checksum(path, options),
    writeFile: (path) => refuse(`writing ${path}`),
    as: (become) => readOnly(host.as(become)),
    reconnect: (options) => host.reconnect(options),
    close: () => {
      host.close();
    },
  };
}
