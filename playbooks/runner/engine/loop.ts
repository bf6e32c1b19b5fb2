/** Items of loops, and the variables that each of them sets. Pure. */
import { OuterFault } from "../../../core/faults";
import type { Loop, Variables } from "../../model/play";
import { LOOP_LOOKUPS } from "./loop-lookups";
import { withoutOmitted, type Wording } from "../vars/words";

/** More items than any bootstrap needs: a loop that never ends is a mistake. */
const MAX_ITEMS = 100_000;

/** @throws TemplateFailure, or OuterFault AS2304 when it is no list */
export function loopItems({ templar, scope }: Wording, loop: Loop): readonly unknown[] {
  const items = LOOP_LOOKUPS[loop.lookup](withoutOmitted(templar.template(loop.items, scope)));
  if (items.length <= MAX_ITEMS) return items;
  throw new OuterFault("AS2304", { problem: `a loop of ${items.length} items is too long` });
}

/** The variables of one item. */
export function itemVariables(loop: Loop, items: readonly unknown[], index: number): Variables {
  const { loopVar, indexVar, extended } = loop;
  return {
    [loopVar]: items[index],
    ansible_loop_var: loopVar,
    ...(indexVar === undefined ? {} : { [indexVar]: index, ansible_index_var: indexVar }),
    ...(extended ? { ansible_loop: extendedVariables(items, index) } : {}),
  };
}

function extendedVariables(items: readonly unknown[], index: number): Variables {
  const { length } = items;
  return {
    allitems: items,
    index: index + 1,
    index0: index,
    revindex: length - index,
    revindex0: length - index - 1,
    first: index === 0,
    last: index === length - 1,
    length,
    ...(index > 0 ? { previtem: items[index - 1] } : {}),
    ...(index < length - 1 ? { nextitem: items[index + 1] } : {}),
  };
}
