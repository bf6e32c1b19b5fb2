/** `ansible.builtin.slurp`: a file's content as base64. */
import { path } from "./args/fields";
import { defineModule } from "./define-module";
import { TaskFailure } from "./task-failure";

/** See the file's header. */
export const slurpModule = defineModule({
  name: "slurp",
  args: { src: path() },
  aliases: { src: ["path"] },
  async run({ host, signal }, { src }) {
    const content = await host.readFile(src, { signal });
    if (content === undefined) throw new TaskFailure(`file not found: ${src}`);
    const values = { content: content.toString("base64"), encoding: "base64", source: src };
    return { changed: false, values };
  },
});
