/** The host as one task sees it: as another user, with an environment, perhaps read-only. */
import { Bug } from "../../../core/faults";
import type { Become, Command, Host } from "../host";
import { readOnly } from "../transport/read-only";

/** What a task asks of its host. */
export interface HostView {
  readonly become?: Become;
  readonly environment: Readonly<Record<string, string>>;
  /** Refuse whatever may change the host. */
  readonly check: boolean;
}

/** The view of a connected host. */
export function viewHost(host: Host, { become, environment, check }: HostView): Host {
  const user = become ? host.as(become) : host;
  const equipped = Object.keys(environment).length > 0 ? withEnvironment(user, environment) : user;
  return check ? readOnly(equipped) : equipped;
}

/** Refuses whatever may change a host, and remembers that it had to. */
export class RefreshGuard {
  #refused = false;

  /** Whether anything was refused: what the module made of that is of no account. */
  get refused(): boolean {
    return this.#refused;
  }

  /** The host behind the guard. */
  around(host: Host): Host {
    return readOnly(host, (what) => this.refuse(what));
  }

  /** Notes that something was refused. @returns what is thrown for it */
  refuse(what: string): Error {
    this.#refused = true;
    return new Error(`${what} in a refresh`);
  }
}

/** Stands in for a connection where a module needs none. */
export function absentHost(name: string): Host {
  const refuse = (): never => {
    throw new Bug(`a module without a connection used the host ${name}`);
  };
  return {
    name,
    counts: { queries: 0, changes: 0 },
    query: refuse,
    change: refuse,
    stat: refuse,
    readFile: refuse,
    checksum: refuse,
    writeFile: refuse,
    as: refuse,
    reconnect: refuse,
    close: refuse,
  };
}

function withEnvironment(host: Host, environment: Readonly<Record<string, string>>): Host {
  const add = (command: Command): Command => ({
    ...command,
    environment: { ...environment, ...command.environment },
  });
  return {
    name: host.name,
    counts: host.counts,
    query: (command, options) => host.query(add(command), options),
    change: (command, options) => host.change(add(command), options),
    stat: (path, options) => host.stat(path, options),
    readFile: (path, options) => host.readFile(path, options),
    checksum: (path, options) => host.checksum(path, options),
    writeFile: (path, content, attributes, options) =>
      host.writeFile(path, content, attributes, options),
    as: (become) => withEnvironment(host.as(become), environment),
    reconnect: (options) => host.reconnect(options),
    close: () => {
      host.close();
    },
  };
}
