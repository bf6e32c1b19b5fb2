/** The guard of check mode: a host that refuses whatever may change it. */
import { Bug } from "../../../core/faults";
import type { Host } from "../host";

/**
 * The same host, without a way to change it: `change` and `writeFile` throw.
 * @param fault - makes what they throw @default - a {@link Bug}: modules know that they are in check mode
 */
export function readOnly(host: Host, fault: (what: string) => Error = bug): Host {
  const refuse = (what: string): Promise<never> => Promise.reject(fault(`${what} on ${host.name}`));
  return {
    name: host.name,
    counts: host.counts,
    query: (command, options) => host.query(command, options),
    change: () => refuse("a change"),
    stat: (path, options) => host.stat(path, options),
    readFile: (path, options) => host.readFile(path, options),
    checksum: (path, options) => host.checksum(path, options),
    writeFile: (path) => refuse(`writing ${path}`),
    as: (become) => readOnly(host.as(become), fault),
    reconnect: (options) => host.reconnect(options),
    close: () => {
      host.close();
    },
  };
}

function bug(what: string): Bug {
  return new Bug(`${what} in check mode`);
}
