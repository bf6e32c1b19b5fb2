/** `ansible.builtin.known_hosts`: which keys of other hosts are known. No ssh-keygen is needed on the host. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { flag, path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { asBytes, readEdited } from "./files/edit-file";
import { ensureContent } from "./files/ensure-content";
import { planKnownHosts } from "./known-hosts/plan-known-hosts";

/** Bytes of a salt, as OpenSSH makes them. */
const SALT_BYTES = 20;

/** See the file's header. */
export const knownHostsModule = defineModule({
  name: "known_hosts",
  args: {
    name: text().refine(
      (it) => !it.includes(","),
      "Comma separated list of names is not supported. Please pass a single name to lookup in the known_hosts file.",
    ),
    key: text().optional(),
    path: path().default("~/.ssh/known_hosts"),
    hash_host: flag().default(false),
    state: z.enum(["present", "absent"]).default("present"),
  },
  aliases: { name: ["host"] },
  check: ({ key = "", state }) =>
    state === "present" && key === "" ? "No key specified when adding a host" : undefined,
  async run(context, args) {
    const { found, text: before = "" } = await readEdited(context, args.path);
    const after = planKnownHosts(before, {
      host: asBytes(args.name.toLowerCase()),
      key: args.key === undefined || args.key === "" ? undefined : asBytes(args.key),
      state: args.state,
      salt: args.hash_host ? randomBytes(SALT_BYTES) : undefined,
    });
    const values = {
      ...{ name: args.name, key: args.key ?? null, path: args.path },
      ...{ hash_host: args.hash_host, state: found.stat === undefined ? "absent" : "file" },
    };
    if (after === before) return { changed: false, values };
    const content = Buffer.from(after, "latin1");
    const result = await ensureContent(context, { path: args.path, content, found });
    return { ...result, values: { ...values, state: "file" } };
  },
});
