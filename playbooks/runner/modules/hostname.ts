/** `ansible.builtin.hostname`: the running name and the one after the next boot. */
import { name as nameField, text } from "./args/fields";
import { defineModule } from "./define-module";
import { runAll } from "./files/attributes";
import { ensureContent } from "./files/ensure-content";

/** See the file's header. */
export const hostnameModule = defineModule({
  name: "hostname",
  args: {
    name: nameField(
      /^[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$/,
      "letters, digits, dots and dashes",
    ),
    use: text().optional(),
  },
  async run(context, { name }) {
    const { stdout } = await context.host.query({ argv: ["uname", "-n"] }, context);
    const running = stdout.trim();
    const commands = running === name ? [] : [["hostname", name]];
    if (!context.check) await runAll(context, commands);
    const file = await ensureContent(context, {
      path: "/etc/hostname",
      content: Buffer.from(`${name}\n`),
      follow: true,
    });
    const diff = commands.length > 0 ? [`hostname: ${running} -> ${name}`] : [];
    return {
      changed: commands.length > 0 || file.changed,
      ...(context.diff
        ? { diff: [...diff, file.diff ?? ""].filter((it) => it !== "").join("\n") }
        : {}),
      values: { name },
    };
  },
});
