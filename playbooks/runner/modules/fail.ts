/** `ansible.builtin.fail`: fails with a message. */
import { text } from "./args/fields";
import { defineModule } from "./define-module";

/** See the file's header. */
export const failModule = defineModule({
  name: "fail",
  local: true,
  args: { msg: text().default("Failed as requested from task") },
  run: (_context, { msg }) => ({ changed: false, failed: true, message: msg }),
});
