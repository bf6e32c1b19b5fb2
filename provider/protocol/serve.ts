/**
 * Runs a provider process: handshake, server, and when to leave. It leaves after Shutdown,
 * when the last connection closes, and when its parent is gone; signals are ignored, since
 * Ctrl-C reaches the whole process group and Terraform still needs the answers of open calls.
 */
import type { EventEmitter } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeCertificate } from "./certificate";
import { createGrpcServer, type UnaryHandler } from "./grpc-server";
import { handshakeLine, reattachSetting, whyNotTerraform, type Listening } from "./handshake";

/** What is served. */
export interface ServeOptions {
  /** Source address of the provider, for the reattach setting. */
  readonly source: string;
  /** Finds the handler of a gRPC path. */
  readonly findHandler: (path: string) => UnaryHandler | undefined;
  /** Something threw outside any call: open calls must come to an end and answer what exists. */
  readonly onCrash: (error: unknown) => void;
  /** Serve until killed, without TLS, and print the reattach setting. */
  readonly debug: boolean;
}

const SILENT_STREAMS = ["/plugin.GRPCStdio/StreamStdio", "/plugin.GRPCBroker/StartStream"];
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const PARENT_POLL_MS = 1_000;
/** Terraform itself gives a start as long. */
const CONNECT_LIMIT_MS = 60_000;
/** Time for the answer to Shutdown to reach the socket. */
const FAREWELL_MS = 5;
/** `sun_path` of macOS holds 104 bytes with its end mark. */
const SOCKET_PATH_MAX = 103;
/** health.v1: status = SERVING. */
const SERVING = Buffer.from([0x08, 0x01]);

/** Serves until it is time to leave, then ends the process. */
export function servePlugin(options: ServeOptions): void {
  const refusal = options.debug ? undefined : whyNotTerraform(process.env);
  if (refusal !== undefined) {
    process.stderr.write(`${refusal}\n`);
    process.exitCode = 1;
    return;
  }
  surviveMishaps(options);
  const clientCertificate = options.debug ? undefined : process.env.PLUGIN_CLIENT_CERT;
  const own = clientCertificate === undefined ? undefined : makeCertificate(Date.now());
  const server = createGrpcServer({
    tls: own && { key: own.keyPem, cert: own.pem, ca: clientCertificate ?? "" },
    silentStreams: SILENT_STREAMS,
    unary: (method) => pluginMethod(method, options.debug) ?? options.findHandler(method),
    onLastConnectionClosed: () => {
      if (!options.debug) process.exit(0);
    },
  });
  const socket = makeSocketPath();
  const announce = (): void => {
    if (!options.debug) leaveUnlessConnected(server);
    const at = listeningAt(socket, server.address());
    const line = options.debug
      ? reattachSetting(options.source, at, process.pid)
      : handshakeLine(at, own?.der);
    process.stdout.write(`${line}\n`);
  };
  if (socket === undefined) server.listen(0, "127.0.0.1", announce);
  else server.listen(socket, announce);
}

/** A parent that ended before it connected leaves no other trace. */
function leaveUnlessConnected(server: EventEmitter): void {
  const timer = setTimeout(() => process.exit(1), CONNECT_LIMIT_MS);
  server.once("connection", () => {
    clearTimeout(timer);
  });
}

function pluginMethod(method: string, debug: boolean): UnaryHandler | undefined {
  if (method === "/grpc.health.v1.Health/Check") return () => SERVING;
  if (method !== "/plugin.GRPCController/Shutdown") return undefined;
  return () => {
    if (!debug) setTimeout(() => process.exit(0), FAREWELL_MS);
    return Buffer.alloc(0);
  };
}

/** A private folder with a socket's path in it; undefined where sockets cannot be files. */
function makeSocketPath(): string | undefined {
  if (process.platform === "win32") return undefined;
  const template = path.join(tmpdir(), "armstead-");
  if (Buffer.byteLength(`${template}XXXXXX/plugin.sock`) > SOCKET_PATH_MAX) return undefined;
  const folder = mkdtempSync(template);
  process.on("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return path.join(folder, "plugin.sock");
}

function listeningAt(
  socket: string | undefined,
  address: { readonly port: number } | string | null,
): Listening {
  if (socket !== undefined) return { network: "unix", path: socket };
  const port = typeof address === "object" && address ? address.port : 0;
  return { network: "tcp", host: "127.0.0.1", port };
}

function surviveMishaps({ debug, onCrash }: ServeOptions): void {
  for (const signal of SIGNALS) process.on(signal, () => debug && process.exit(0));
  process.on("uncaughtException", onCrash);
  process.on("unhandledRejection", onCrash);
  // When the parent is gone, a log line must not end the clean-up; but then nobody reads the handshake.
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", () => process.exit(1));
  if (debug) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_POLL_MS).unref();
}
