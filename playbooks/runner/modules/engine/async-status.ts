/** `ansible.builtin.async_status`: what became of a task that runs beside the others. */
import { z } from "zod";
import { text } from "../args/fields";
import { defineModule } from "../define-module";

/** See the file's header. */
export const asyncStatusModule = defineModule({
  name: "async_status",
  local: true,
  args: { jid: text(), mode: z.enum(["status", "cleanup"]).default("status") },
  run(context, { jid, mode }) {
    const known = { ansible_job_id: jid, results_file: "" };
    if (mode === "cleanup") {
      return { changed: context.dropJob(jid), values: { ...known, erased: "" } };
    }
    const found = context.job(jid);
    if (found === undefined) {
      const values = { ...known, started: 1, finished: 1 };
      return { changed: false, failed: true, message: "could not find job", values };
    }
    if (found === "running") {
      return { changed: false, values: { ...known, started: 1, finished: 0 } };
    }
    const { changed, failed, skipped: _, msg, ...values } = found;
    return {
      changed: changed === true,
      failed: failed === true,
      ...(typeof msg === "string" ? { message: msg } : {}),
      values: { ...values, ...known, started: 1, finished: 1 },
    };
  },
});
