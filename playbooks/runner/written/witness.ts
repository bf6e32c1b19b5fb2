/** Sees what a task's module is given, so that the files that it wrote can be noted with whether a secret had part in them. */
import { dataText } from "../../model/data-text";
import type { Become } from "../host";
import type { TaskContext, TaskResult } from "../module";
import type { NotedFiles } from "./note-file";

/** See the header. */
export class Witness {
  readonly #texts: string[] = [];

  /** The context, behind which every text that the module renders or copies is kept. */
  around(context: TaskContext): TaskContext {
    const keep = (text: string): string => {
      this.#texts.push(text);
      return text;
    };
    return Object.defineProperties({} as TaskContext, {
      ...Object.getOwnPropertyDescriptors(context),
      file: {
        value: (path: string) => {
          const content = context.file(path);
          if (content) keep(content.toString("utf8"));
          return content;
        },
      },
      render: {
        value: (template: string, path: string) => keep(context.render(template, path)),
      },
    });
  }

  /** Notes what was written; `hidden`: the task shows nothing; `redact` takes secrets out of a text. */
  note(
    noted: NotedFiles,
    task: {
      readonly module: string;
      readonly args: unknown;
      readonly result: TaskResult;
      readonly become: Become | undefined;
      readonly hidden: boolean;
      readonly redact: (text: string) => string;
    },
  ): void {
    const { module, args, result, become, hidden, redact } = task;
    const secret = hidden || [dataText(args), ...this.#texts].some((it) => redact(it) !== it);
    noted.note(module, args, { result, become, secret });
  }
}
