/** `ansible.builtin.set_stats`: figures for the end of the run. */
import { z } from "zod";
import { flag } from "../args/fields";
import { defineModule } from "../define-module";

/** See the file's header. */
export const setStatsModule = defineModule({
  name: "set_stats",
  local: true,
  args: {
    data: z.record(z.string(), z.unknown()),
    per_host: flag().default(false),
    aggregate: flag().default(true),
  },
  run: (_context, { data, per_host: perHost, aggregate }) => ({
    changed: false,
    stats: { data, perHost, aggregate },
    values: { ansible_stats: { data, per_host: perHost, aggregate } },
  }),
});
