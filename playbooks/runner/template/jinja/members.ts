/** Members of values: `a.b`, `a['b']`, `a[0]`, `a[1:]`. Pure. */
import { ownName } from "../../../model/mapping-keys";
import { TemplateFailure } from "../failure";
import { isInteger } from "../numbers";
import { pythonStr, pythonType } from "../python";
import { isDict, TemplateObject, Tuple, Undefined } from "../values";

/** A member; an {@link Undefined} where there is none. */
export function memberOf(value: unknown, key: unknown): unknown {
  if (value instanceof Undefined) return value;
  if (key instanceof Undefined) throw key.failure();
  const missing = (): Undefined =>
    new Undefined(`a value of the type '${pythonType(value)}' has no '${pythonStr(key)}'`);
  if (value instanceof TemplateObject) return value.member(pythonStr(key)) ?? missing();
  if (typeof value === "string" || Array.isArray(value)) {
    const items = typeof value === "string" ? letters(value) : value;
    if (!isInteger(key) && typeof key !== "boolean") return missing();
    const index = Number(key) < 0 ? items.length + Number(key) : Number(key);
    return index >= 0 && index < items.length ? (items[index] as unknown) : missing();
  }
  if (!isDict(value)) return missing();
  const name = ownName(value, key);
  return name === undefined ? missing() : value[name];
}

/** `value[from:to:step]`. @throws TemplateFailure for what has no order */
export function sliceOf(value: unknown, bounds: readonly unknown[]): unknown {
  if (value instanceof Undefined) return value;
  if (typeof value !== "string" && !Array.isArray(value)) {
    throw new TemplateFailure("other", `a value of the type '${pythonType(value)}' has no slices`);
  }
  const items: readonly unknown[] = typeof value === "string" ? letters(value) : value;
  const [from, to, by] = bounds.map(bound);
  const step = by ?? 1;
  if (step === 0) throw new TemplateFailure("other", "a slice cannot go on by zero");
  const picked = indexes(items.length, from, to, step).map((it) => items[it]);
  if (typeof value === "string") return picked.join("");
  return value instanceof Tuple ? Tuple.of1(picked) : picked;
}

/** Letters as Python counts them. */
export function letters(text: string): readonly string[] {
  return Array.from(text);
}

function bound(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Undefined) throw value.failure();
  if (isInteger(value)) return Number(value);
  throw new TemplateFailure("other", "the bounds of a slice are whole numbers");
}

function indexes(
  length: number,
  from: number | undefined,
  to: number | undefined,
  step: number,
): number[] {
  const down = step < 0;
  const clamp = (it: number): number => {
    const index = it < 0 ? it + length : it;
    return Math.min(Math.max(index, down ? -1 : 0), down ? length - 1 : length);
  };
  const start = from === undefined ? (down ? length - 1 : 0) : clamp(from);
  const end = to === undefined ? (down ? -1 : length) : clamp(to);
  const found: number[] = [];
  for (let at = start; down ? at > end : at < end; at += step) found.push(at);
  return found;
}
