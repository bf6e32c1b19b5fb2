/** Runs a command on a machine over SSH, for the few items that only the machine itself can answer. */
import { Client } from "ssh2";
import { LAB_SSH_PORT } from "../../core/lab-defaults";
import { newSshKeyPair } from "../../core/ssh-key-pair";

/** A key whose private half the exam holds. */
export interface PrivateKey {
  /** One OpenSSH line. */
  readonly line: string;
  readonly privateKey: string;
}

/** Milliseconds that a machine may take to answer, before it is asked again. */
const ANSWER_MS = 3_000;

/** Makes an Ed25519 key. */
export function newPrivateKey(): PrivateKey {
  const { publicKey: line, privateKey } = newSshKeyPair();
  return { line, privateKey };
}

/** What the command printed, trimmed; undefined while the machine cannot be reached. */
export function tryRunOnMachine(
  address: string,
  { privateKey }: PrivateKey,
  command: string,
): Promise<string | undefined> {
  const client = new Client();
  const said = new Promise<string | undefined>((resolve) => {
    const give = (): void => {
      resolve(undefined);
    };
    client.on("error", give).on("close", give);
    client.on("ready", () => {
      client.exec(command, (error, stream) => {
        if (error) {
          give();
          return;
        }
        let text = "";
        stream.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
        stream.on("close", () => {
          resolve(text.trim());
        });
      });
    });
    client.connect({
      host: address,
      port: LAB_SSH_PORT,
      username: "root",
      privateKey,
      readyTimeout: ANSWER_MS,
    });
  });
  return said.finally(() => client.end());
}
