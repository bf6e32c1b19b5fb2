/** Reads the one option of ssh that inventories may give: `-J HOST` or `-o ProxyJump=HOST`. Pure. */

/** A host through which another one is reached. */
export interface ProxyJump {
  readonly address: string;
  /** @default 22 */
  readonly port: number;
  /** Undefined: the user of the host behind it. */
  readonly user?: string;
}

const OPTION = /^\s*(?:-J\s*|-o\s*ProxyJump[= ]\s*)(["']?)(?:ssh:\/\/)?([^\s,"']+)\1\s*$/;
const PLACE = /^(?:([^@]+)@)?(\[[\da-f:]+\]|[\w.-]+)(?::(\d+))?$/i;

/** @returns undefined when the options say anything else */
export function parseProxyJump(options: string): ProxyJump | undefined {
  const [, user, host, port] = PLACE.exec(OPTION.exec(options)?.[2] ?? "") ?? [];
  if (host === undefined) return undefined;
  return {
    address: host.replace(/^\[|\]$/g, ""),
    port: port === undefined ? 22 : Number(port),
    ...(user === undefined ? {} : { user }),
  };
}
