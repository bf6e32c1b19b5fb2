/** `creates` and `removes`: whether anything matches a path that may hold `*`, `?` and `[…]`. */
import type { TaskContext } from "../../module";
import { quote } from "../../transport/quote";

/** Whether something is there. */
export async function exists(
  { host, signal }: Pick<TaskContext, "host" | "signal">,
  pattern: string,
  chdir?: string,
): Promise<boolean> {
  // Only the wildcards stay outside of the quotes, so the shell expands them and nothing else.
  const glob = pattern
    .split(/([*?[\]]+)/)
    .map((it, index) => (index % 2 === 1 ? it : it && quote(it)))
    .join("");
  const script = `for found in ${glob}; do { [ -e "$found" ] || [ -L "$found" ]; } && exit 0; done; exit 1`;
  const folder = chdir === undefined ? {} : { chdir };
  const { code } = await host.query({ script, ...folder }, { signal });
  return code === 0;
}
