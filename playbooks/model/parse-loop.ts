/** Reads `loop`, `with_…` and `loop_control`. Pure. */
import type { Cursor } from "./cursor";
import { checkKeywords, checkUnknown } from "./check-shape";
import { readCount, readText } from "./directives";
import { LOOP_CONTROL } from "./keywords";
import type { Parsing } from "./parsing";
import { LOOP_KINDS, type Loop } from "./play";

/** @returns undefined when the task does not loop */
export function readLoop(parsing: Parsing, at: Cursor): Loop | undefined {
  const [key, second] = ["loop", ...LOOP_KINDS.map((it) => `with_${it}`)].filter((it) =>
    at.has(it),
  );
  if (key === undefined) return undefined;
  const items = at.at(key);
  if (second !== undefined) {
    parsing.report(
      at.keyFault("AS1405", second, { problem: `a task loops once: ${key} or ${second}` }),
    );
  }
  if (key === "loop" && !Array.isArray(items.value) && typeof items.value !== "string") {
    parsing.report(
      items.fault("AS1405", { given: items.value, allowed: "a list, or a template of one" }),
    );
  }
  const control = at.at("loop_control");
  parsing.report(...checkKeywords(control, LOOP_CONTROL));
  const allowed = Object.keys(LOOP_CONTROL);
  parsing.report(
    ...checkUnknown(
      control,
      control.keys.filter((it) => !allowed.includes(it)),
      allowed,
    ),
  );
  const indexVar = readText(control, "index_var");
  const label = control.has("label") ? control.at("label").value : undefined;
  const pause = readCount(control, "pause");
  return {
    items: items.value,
    lookup: LOOP_KINDS.find((it) => key === `with_${it}`) ?? "list",
    loopVar: readText(control, "loop_var") ?? "item",
    extended: control.at("extended").value === true,
    ...(indexVar === undefined ? {} : { indexVar }),
    ...(typeof label === "string" ? { label } : {}),
    ...(pause === undefined ? {} : { pause }),
  };
}
