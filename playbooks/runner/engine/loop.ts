/** Items of loops, and the variables that each of them sets. Pure. */
import { OuterFault } from "../../../core/faults";
import type { Loop, Variables } from "../../model/play";
import { TemplateFailure } from "../template/failure";
import { pythonType } from "../template/python";
import { withoutOmitted, type Wording } from "../vars/words";

/** More items than any bootstrap needs: a loop that never ends is a mistake. */
const MAX_ITEMS = 100_000;

/** @throws TemplateFailure, or OuterFault AS2304 when it is no list */
export function loopItems({ templar, scope }: Wording, loop: Loop): readonly unknown[] {
  const items = itemsOf(loop, withoutOmitted(templar.template(loop.items, scope)), (terms) =>
    templar.lookup(loop.lookup, terms, scope),
  );
  if (items.length <= MAX_ITEMS) return items;
  throw new OuterFault("AS2304", { problem: `a loop of ${items.length} items is too long` });
}

type Terms = readonly unknown[];

function itemsOf({ lookup }: Loop, terms: unknown, find: (terms: Terms) => Terms): Terms {
  const isList = Array.isArray(terms);
  if (lookup === "list" && !isList) {
    throw new OuterFault("AS2304", { problem: `loop needs a list, not ${pythonType(terms)}` });
  }
  try {
    return find(isList ? (terms as Terms) : [terms]);
  } catch (error) {
    if (!(error instanceof TemplateFailure) || error.kind !== "other") throw error;
    throw new OuterFault("AS2304", { problem: error.message.replace("the lookup ", "with_") });
  }
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
