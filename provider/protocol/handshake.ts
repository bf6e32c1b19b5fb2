/**
 * What Terraform's plugin launcher and a provider tell each other at the start: the cookie
 * and versions in the environment, one line on stdout. Pure; facts of HashiCorp's go-plugin.
 */
import type { Environment } from "../../core/folders";

/** The plugin protocol that this provider speaks. */
export const PROTOCOL_VERSION = 6;

const COOKIE_NAME = "TF_PLUGIN_MAGIC_COOKIE";
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** Where the provider listens. */
export type Listening =
  | { readonly network: "unix"; readonly path: string }
  | { readonly network: "tcp"; readonly host: string; readonly port: number };

/** Why this start is none by Terraform, as text for a person; undefined when it is one. */
export function whyNotTerraform(environment: Environment): string | undefined {
  const versions = environment.PLUGIN_PROTOCOL_VERSIONS?.split(",") ?? [];
  if (environment[COOKIE_NAME] !== COOKIE) {
    return "This program is a Terraform provider. Terraform starts it by itself; for debugging start it with --debug.";
  }
  return versions.includes(String(PROTOCOL_VERSION))
    ? undefined
    : `This provider needs plugin protocol ${PROTOCOL_VERSION}: Terraform 1.11 or later.`;
}

/**
 * The line that Terraform waits for, without its newline.
 * @param at - where the provider listens
 * @param certificate - DER; undefined without TLS
 */
export function handshakeLine(at: Listening, certificate: Buffer | undefined): string {
  // Terraform decodes base64 without padding only.
  const encoded = certificate?.toString("base64").replace(/=+$/, "") ?? "";
  return ["1", PROTOCOL_VERSION, at.network, addressOf(at), "grpc", encoded].join("|");
}

/**
 * The setting by which Terraform finds a provider that runs already.
 * @param source - the provider's source address
 * @param at - where it listens
 * @param pid - its process id
 */
export function reattachSetting(source: string, at: Listening, pid: number): string {
  const entry = {
    Protocol: "grpc",
    ProtocolVersion: PROTOCOL_VERSION,
    Pid: pid,
    // With false, Terraform 1.11 takes the provider for one of protocol 5 and crashes.
    Test: true,
    Addr: { Network: at.network, String: addressOf(at) },
  };
  return `TF_REATTACH_PROVIDERS='${JSON.stringify({ [source]: entry })}'`;
}

function addressOf(at: Listening): string {
  return at.network === "unix" ? at.path : `${at.host}:${at.port}`;
}
