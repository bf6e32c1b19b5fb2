/** `ansible.builtin.ping`: can a command be run on the host? */
import { text } from "./args/fields";
import { defineModule } from "./define-module";

/** Answers with its data. */
export const pingModule = defineModule({
  name: "ping",
  args: { data: text().default("pong") },
  async run({ host, signal }, { data }) {
    const { code } = await host.query({ argv: ["true"] }, { signal });
    return { changed: false, failed: code !== 0, values: { ping: data } };
  },
});
