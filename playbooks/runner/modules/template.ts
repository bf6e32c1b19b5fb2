/** `ansible.builtin.template`: a travelling Jinja2 template, rendered with the task's variables. */
import { flag, path, text } from "./args/fields";
import { defineModule } from "./define-module";
import { ATTRIBUTE_ARGS, REFUSED_ATTRIBUTES } from "./files/attributes";
import { findDestination } from "./files/destination";
import { ensureContent } from "./files/ensure-content";
import { TaskFailure } from "./task-failure";

/** See the file's header. */
export const templateModule = defineModule({
  name: "template",
  args: {
    ...ATTRIBUTE_ARGS,
    src: path(),
    dest: path(),
    force: flag().default(true),
    follow: flag().default(false),
    backup: flag().default(false),
    validate: text().optional(),
  },
  refused: REFUSED_ATTRIBUTES,
  async run(context, args) {
    const source = context.file(args.src);
    if (source === undefined) {
      throw new TaskFailure(
        `could not find or access '${args.src}': it does not travel with the playbook`,
      );
    }
    const content = Buffer.from(context.render(source.toString(), args.src));
    const place = await findDestination(context, args.dest, args.src);
    const result = await ensureContent(context, { ...args, ...place, content });
    return { ...result, values: { ...result.values, src: args.src } };
  },
});
