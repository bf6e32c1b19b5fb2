/** `ansible.builtin.ping`: can a command be run on the host? */
import { text } from "./args/fields";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

/** Answers with its data; `crash` makes it fail, for the test of what follows a failure. */
export const pingModule = defineModule({
  name: "ping",
  args: { data: text().default("pong") },
  async run({ host, signal }, { data }) {
    if (data === "crash") throw new TaskFailure("boom");
    const { code } = await host.query({ argv: ["true"] }, { signal });
    return { changed: false, failed: code !== 0, values: { ping: data } };
  },
});
