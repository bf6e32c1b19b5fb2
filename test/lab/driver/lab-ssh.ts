/** SSH into a lab machine as a user would: strict about its host key from the first connection. */
import { generateKeyPairSync } from "node:crypto";
import { Client } from "ssh2";
import { newSshKeyPair } from "../../../core/ssh-key-pair";

/** Whom to reach. */
export interface SshTarget {
  readonly address: string;
  readonly port: number;
  /** The only host key that is accepted, as an OpenSSH line. */
  readonly hostKey: string;
  /** In OpenSSH's form. */
  readonly privateKey: string;
}

/** What a command said. */
export interface SshAnswer {
  /** Undefined when the connection ended before the command. */
  readonly code: number | undefined;
  readonly output: string;
}

/** A user's key pair, in OpenSSH's forms. */
export function newUserKey(): { readonly publicLine: string; readonly privateKey: string } {
  const { publicKey: publicLine, privateKey } = newSshKeyPair();
  return { publicLine, privateKey };
}

/** A host key that no machine has. */
export function otherHostKey(): string {
  const { publicKey } = generateKeyPairSync("ed25519");
  const half = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const type = Buffer.from("ssh-ed25519");
  const part = (it: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, it.length]), it]);
  return `ssh-ed25519 ${Buffer.concat([part(type), part(half)]).toString("base64")}`;
}

/** Runs a command as root. Standard output and error come together. */
export async function runSsh(target: SshTarget, command: string): Promise<SshAnswer> {
  const client = new Client();
  const expected = Buffer.from(target.hostKey.split(" ")[1] ?? "", "base64");
  return await new Promise<SshAnswer>((resolve, reject) => {
    let output = "";
    let code: number | undefined;
    let running = false;
    client.on("error", (error) => {
      // A machine that powers off cuts the connection; what the command said until then counts.
      if (!running) reject(error);
    });
    client.on("close", () => {
      resolve({ code, output });
    });
    client.on("ready", () => {
      client.exec(command, (error, channel) => {
        if (error) {
          reject(error);
          return;
        }
        running = true;
        const take = (chunk: Buffer): void => void (output += chunk.toString("utf8"));
        channel.on("data", take).stderr.on("data", take);
        channel.on("exit", (it: number | null) => (code = it ?? undefined));
        channel.on("close", () => {
          client.end();
        });
      });
    });
    client.connect({
      host: target.address,
      port: target.port,
      username: "root",
      privateKey: target.privateKey,
      hostVerifier: (key: Buffer) => key.equals(expected),
    });
  }).finally(() => {
    client.destroy();
  });
}
