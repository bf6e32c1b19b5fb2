/** One command in one SSH channel, from its input to its exit code. */
import { OuterFault } from "../../../core/faults";
import type { Secret } from "../../../core/secret";
import { BecomeGate, type StreamName } from "./become-gate";
import type { CommandLine } from "./command-line";
import { Output } from "./output";

/** The streams of one command: an SSH channel, or a process of this machine. */
export interface CommandChannel {
  readonly stderr: { on(event: "data", listener: (chunk: Buffer) => void): unknown };
  on(event: "data", listener: (chunk: Buffer) => void): unknown;
  on(event: "error", listener: () => void): unknown;
  /** The exit code; null after a signal, undefined when nobody knows. */
  once(event: "close", listener: (status: number | null | undefined) => void): unknown;
  write(chunk: string | Uint8Array): unknown;
  end(chunk?: Uint8Array): unknown;
}

/** What an exchange sends and keeps. */
export interface ExchangeRequest {
  readonly line: CommandLine;
  readonly stdin: Uint8Array;
  /** Bytes kept of each stream. */
  readonly limit: number;
  /** Password for sudo or su. */
  readonly password?: Secret;
}

/** What came back, as bytes. */
export interface RawResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly truncated: boolean;
}

/**
 * Feeds the channel and collects what comes back.
 * @throws OuterFault AS2209 (connection lost), AS2223 (sudo or su refused)
 */
export function exchange(channel: CommandChannel, request: ExchangeRequest): Promise<RawResult> {
  return new Promise((resolve, reject) => {
    const outputs = { stdout: new Output(request.limit), stderr: new Output(request.limit) };
    const signs = request.line.become;
    const gate = signs && new BecomeGate(signs.marker, signs.prompt);
    let asked = false;
    const answer = (): void => {
      if (asked || request.password === undefined) channel.end();
      else channel.write(`${request.password.reveal()}\n`);
      asked = true;
    };
    const begin = (): void => {
      channel.write(request.line.preamble);
      channel.end(request.stdin);
    };
    const take = (name: StreamName, chunk: Buffer): void => {
      const { pass, event } = gate?.feed(name, chunk) ?? { pass: chunk };
      outputs[name].add(pass);
      if (event === "ask") answer();
      if (event === "open") begin();
    };
    channel.on("data", (chunk: Buffer) => {
      take("stdout", chunk);
    });
    channel.stderr.on("data", (chunk: Buffer) => {
      take("stderr", chunk);
    });
    // A command may end without reading all of its input: that is no error.
    channel.on("error", () => undefined);
    // The exit code comes with the end: an event of its own may have passed before anybody listened.
    channel.once("close", (status: number | null | undefined) => {
      // A null status tells of a signal: the login shell itself was killed.
      const code = status === null ? 137 : status;
      if (code === undefined) reject(new OuterFault("AS2209"));
      else if (gate && !gate.isOpen) reject(refused(gate));
      else resolve(resultOf(code, outputs));
    });
    if (!gate) begin();
  });
}

function refused(gate: BecomeGate): OuterFault {
  const said = gate.refusal.replaceAll(/armstead-\w+:\n?/g, "").trim();
  return new OuterFault("AS2223", {
    problem: `the user cannot be changed on the host: ${said === "" ? "no reason given" : said}`,
  });
}

function resultOf(code: number, { stdout, stderr }: Record<StreamName, Output>): RawResult {
  return {
    code,
    stdout: stdout.bytes(),
    stderr: withoutLocaleWarnings(stderr.bytes()),
    truncated: stdout.truncated || stderr.truncated,
  };
}

/** bash as login shell says so before every command where it does not know the host's locale: the command did not. */
const LOCALE_WARNINGS = /^(?:[^\n]{0,99}sh: warning: setlocale: [^\n]*\n)+/;

function withoutLocaleWarnings(stderr: Buffer): Buffer {
  const [warnings = ""] = LOCALE_WARNINGS.exec(stderr.toString("latin1", 0, 4_096)) ?? [];
  return stderr.subarray(warnings.length);
}
