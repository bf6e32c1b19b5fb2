/** From what the SSH library and sockets report to codes that say what to do. */
import { OuterFault, type OuterCode } from "../../../core/faults";
import { CONNECTION_CODES } from "../../../core/codes/host";

/** What is known about an attempt beside its error. */
export interface AttemptFacts {
  /** `name (address:port)` */
  readonly place: string;
  /** Bytes that the server has sent. */
  readonly received: number;
  readonly user?: string | undefined;
  /** Why the server may have refused certificates. */
  readonly doubts?: readonly string[];
}

/** The fault for a failed attempt to connect. */
export function connectionFault(error: Error, facts: AttemptFacts): OuterFault {
  const code = codeOf(error, facts.received);
  const refused = code === "AS2205";
  const who = refused && facts.user !== undefined ? ` as "${facts.user}"` : "";
  const doubts = refused ? (facts.doubts ?? []).map((it) => `; ${it}`).join("") : "";
  return new OuterFault(
    code,
    { problem: `${CONNECTION_CODES[code].title}: ${facts.place}${who}: ${error.message}${doubts}` },
    { cause: error },
  );
}

/** Whether another attempt may help: not when keys or logins are refused. */
export function mayRetryConnection(fault: OuterFault): boolean {
  return ["AS2201", "AS2202", "AS2207"].includes(fault.code);
}

/** Whether a fault means that the host is unreachable, rather than that a command failed on it. */
export function isConnectionFault(error: unknown): boolean {
  return error instanceof OuterFault && Object.hasOwn(CONNECTION_CODES, error.code);
}

function codeOf(
  error: Error & { code?: unknown; level?: unknown },
  received: number,
): keyof typeof CONNECTION_CODES & OuterCode {
  if (error.code === "ECONNREFUSED") return "AS2202";
  if (error.level === "client-authentication" || error.level === "agent") return "AS2205";
  if (/no matching|Handshake failed/i.test(error.message)) return "AS2208";
  if (/^Invalid (identification|header)|lost before handshake/i.test(error.message))
    return "AS2207";
  if (error.code !== undefined && error.code !== "ECONNRESET") return "AS2201";
  return received === 0 && !error.message.includes("connect timeout") ? "AS2207" : "AS2201";
}
