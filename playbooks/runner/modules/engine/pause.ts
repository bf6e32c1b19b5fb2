/** `ansible.builtin.pause`: waits, once for all hosts of a batch. Nobody is asked anything. */
import { sleep } from "../../../../core/bounded";
import { decimal, flag, text } from "../args/fields";
import { defineModule } from "../define-module";

/** See the file's header. */
export const pauseModule = defineModule({
  name: "pause",
  local: true,
  once: true,
  args: {
    seconds: decimal().optional(),
    minutes: decimal().optional(),
    prompt: text().optional(),
    echo: flag().default(true),
  },
  check({ seconds, minutes }) {
    if (seconds === undefined && minutes === undefined) {
      return "seconds or minutes are needed: a run has nobody to ask";
    }
    return seconds !== undefined && minutes !== undefined
      ? "give seconds or minutes, not both"
      : undefined;
  },
  async run({ signal }, { seconds, minutes = 0, prompt, echo }) {
    const wait = Math.max(0, seconds ?? minutes * 60);
    const start = new Date();
    await sleep(wait * 1_000, { signal });
    const unit = seconds === undefined ? "minutes" : "seconds";
    const delta = Math.trunc((Date.now() - start.getTime()) / 1_000);
    return {
      changed: false,
      values: {
        echo,
        start: timeOf(start),
        stop: timeOf(new Date()),
        delta,
        rc: 0,
        stderr: "",
        stdout: `Paused for ${unit === "seconds" ? wait : minutes} ${unit}`,
        user_input: "",
        ...(prompt === undefined ? {} : { prompt }),
      },
    };
  },
});

function timeOf(date: Date): string {
  return date.toISOString().replace("T", " ").replace("Z", "000");
}
