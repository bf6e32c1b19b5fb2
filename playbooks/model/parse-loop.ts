/** Reads `loop`, `with_items` and `loop_control`. Pure. */
import type { Cursor } from "./cursor";
import { checkKeywords, checkUnknown } from "./check-shape";
import { readCount, readText } from "./directives";
import { LOOP_CONTROL } from "./keywords";
import type { Parsing } from "./parsing";
import type { Loop } from "./play";

/** @returns undefined when the task does not loop */
export function readLoop(parsing: Parsing, at: Cursor): Loop | undefined {
  const key = at.has("loop") ? "loop" : "with_items";
  if (!at.has(key)) return undefined;
  const items = at.at(key);
  if (at.has("loop") && at.has("with_items")) {
    parsing.report(
      at.keyFault("AS1405", "with_items", { problem: "a task loops once: loop or with_items" }),
    );
  }
  const isList = Array.isArray(items.value) || (key === "with_items" && items.value !== null);
  if (!isList && typeof items.value !== "string") {
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
    flatten: key === "with_items",
    loopVar: readText(control, "loop_var") ?? "item",
    extended: control.at("extended").value === true,
    ...(indexVar === undefined ? {} : { indexVar }),
    ...(typeof label === "string" ? { label } : {}),
    ...(pause === undefined ? {} : { pause }),
  };
}
