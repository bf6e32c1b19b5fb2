/** `ansible.builtin.pause`: waits, once for all hosts of a batch. Nobody is asked anything. */
import { sleep } from "../../../../core/bounded";
import { decimal, flag, text } from "../args/fields";
import { defineModule } from "../define-module";

/** As in Ansible, nobody waits for less. */
const LEAST_S = 1;

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
    const wait = Math.max(LEAST_S, seconds ?? minutes * 60);
    const start = new Date();
    await sleep(wait * 1_000, { signal });
    const took = (Date.now() - start.getTime()) / 1_000;
    const said =
      seconds === undefined ? `${rounded(took / 60)} minutes` : `${rounded(took)} seconds`;
    return {
      changed: false,
      values: {
        echo,
        start: timeOf(start),
        stop: timeOf(new Date()),
        delta: Math.trunc(took),
        rc: 0,
        stderr: "",
        stdout: `Paused for ${said}`,
        user_input: "",
        ...(prompt === undefined ? {} : { prompt }),
      },
    };
  },
});

/** Two digits, as Python prints them: `1.0`. */
function rounded(value: number): string {
  const text = String(Math.round(value * 100) / 100);
  return text.includes(".") ? text : `${text}.0`;
}

function timeOf(date: Date): string {
  return date.toISOString().replace("T", " ").replace("Z", "000");
}
