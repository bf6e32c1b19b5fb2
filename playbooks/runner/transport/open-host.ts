/** The transport's door: an SSH connection to one host, with its key checked. */
import { OuterFault } from "../../../core/faults";
import type { Host } from "../host";
import type { ConnectOptions, JumpTarget, Target } from "./connect";
import { Connection } from "./connection";
import { JumpHosts } from "./jump-hosts";
import { LocalCommands } from "./local-commands";
import { SshHost } from "./ssh-host";

/** How {@link openHost} connects. */
export interface OpenOptions extends ConnectOptions {
  readonly signal: AbortSignal;
  /**
   * Accept whatever key the host shows when none is given; the caller pins `hostKey` of the result.
   * @default false
   */
  readonly pinFirst?: boolean;
  /** It is the machine that runs the plays: no connection is made. @default false */
  readonly local?: boolean;
  /** The bastion through which it is reached. @default - none */
  readonly jump?: JumpTarget | undefined;
  /** The connections to bastions, shared by a run. */
  readonly jumps?: JumpHosts | undefined;
}

/** A host with the key that it has shown. */
export interface OpenHost extends Host {
  /** One OpenSSH line without comment. */
  readonly hostKey: string;
}

/**
 * Connects and logs in. The key must be one of `target.hostKeys`.
 * @throws {@link OuterFault} AS2201 to AS2208, AS2211, AS2213 to AS2216; all of them mean that the host is unreachable
 */
export async function openHost(target: Target, options: OpenOptions): Promise<OpenHost> {
  if (options.local === true) return new SshHost(target.name, new LocalCommands());
  if (target.hostKeys.length === 0 && options.pinFirst !== true) {
    const place = `${target.name} (${target.address}:${target.port})`;
    throw new OuterFault("AS2204", { problem: `no host key is known for ${place}` });
  }
  const { key, passphrase, agent, keepalive, connectTimeout, jump } = options;
  const login = { key, passphrase, agent, keepalive, connectTimeout };
  const jumps = options.jumps ?? new JumpHosts(login);
  const through: Target = jump
    ? { ...target, dial: (limits) => jumps.dial(jump, target, limits) }
    : target;
  const connection = new Connection(through, login);
  // A run closes the connections that its hosts share; a host by itself closes its own.
  const closeJumps = (): void => {
    if (options.jumps === undefined) jumps.close();
  };
  try {
    await connection.open(options.signal);
  } catch (error) {
    closeJumps();
    throw error;
  }
  return new SshHost(target.name, {
    get hostKey() {
      return connection.hostKey;
    },
    through: jump?.name,
    exec: (command, how) => connection.exec(command, how),
    reconnect: (how) => connection.reconnect(how),
    close: () => {
      connection.close();
      closeJumps();
    },
  });
}
