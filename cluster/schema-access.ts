/** How nodes are reached, as cluster.yaml says it: keys, users, bastion. */
import { z } from "zod";
import { path, pattern } from "./schema-values";

const user = pattern(/^[a-z_][a-z0-9_-]{0,31}$/, "a user name");
const port = z.int().min(1).max(65_535);

const bastion = z
  .strictObject({
    address: pattern(
      /^[A-Za-z0-9:]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9:])?$/,
      "a name or an IP address, without port",
    ).describe("Name or IP address of the bastion"),
    port: port.default(22).describe("Port of its sshd"),
    user: user.default("root").describe("User that logs in there"),
    hostKeys: z
      .array(
        pattern(
          /^(ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/]{16,}={0,2}( [\w.@-]+)?$/,
          "a public key as OpenSSH writes it",
        ),
      )
      .min(1)
      .describe("Its host keys, as OpenSSH writes public keys; none is taken that is not given"),
    privateKey: path
      .optional()
      .describe('Private key for it, or "agent"; default: the private key of the nodes'),
  })
  .describe("Machine through which nodes are reached: SSH is waited for and plays run through it");

/** `access` of a cluster file. */
export const accessSchema = z
  .strictObject({
    user: user.default("root").describe("User that logs in by SSH"),
    sshKeys: z
      .array(path)
      .min(1)
      .default(["~/.ssh/id_ed25519.pub"])
      .describe("Public keys that may log in; ~ and paths relative to this file are fine"),
    privateKey: path
      .optional()
      .describe(
        'Private key of the provider, or "agent"; default: the first public key\'s path without .pub',
      ),
    port: port.optional().describe("Port of sshd; default: 22, or 2222 in the lab"),
    createKeys: z
      .boolean()
      .default(true)
      .describe(
        "Add the public keys to the project; false when it has them, as another stack has added them",
      ),
    bastion: bastion.optional(),
  })
  .describe("How nodes are reached");
