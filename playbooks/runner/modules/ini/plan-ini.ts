/** What becomes of an INI file: the rules of `ini_file`. Pure. */
import { findSection, hasContent, readSetting, type Condition } from "./sections";

/** The arguments that decide. */
export interface IniWish {
  readonly section?: string | undefined;
  readonly section_has_values: readonly Condition[];
  readonly option?: string | undefined;
  readonly values: readonly string[];
  readonly state: "present" | "absent";
  readonly exclusive: boolean;
  readonly no_extra_spaces: boolean;
  readonly ignore_spaces: boolean;
  readonly allow_no_value: boolean;
  readonly modify_inactive_option: boolean;
}

/** The file afterwards, with Ansible's words. */
export interface IniPlan {
  readonly text: string;
  readonly changed: boolean;
  readonly message: string;
}

/** Lines of a section as they are worked on. */
interface Line {
  readonly text: string;
  /** Says what is asked for, so it is neither overwritten nor removed. */
  readonly isDone?: true;
}

/** @param before - empty when there is no file */
export function planIni(before: string, wish: IniWish): IniPlan {
  const mended = before.replace(/^\u00ef\u00bb\u00bf/, "").replaceAll(/\r\n?/g, "\n");
  const isEnded = mended === "" || mended.endsWith("\n");
  // An empty file has one empty line here, which stays: so it is in Ansible's.
  const lines = (isEnded && mended !== "" ? mended.slice(0, -1) : mended).split("\n");
  const parts = findSection(lines, wish.section, wish.section_has_values);
  const values = [...new Set(wish.values)];
  if (parts === undefined) {
    if (wish.state === "absent") return finish(lines, { changed: !isEnded, message: "OK" });
    return addSection(lines, { ...wish, values });
  }
  const plan =
    wish.state === "present" ? present(parts.body, { ...wish, values }) : absent(parts.body, wish);
  const header = plan.message === "section removed" ? parts.head.slice(0, -1) : parts.head;
  const after = [...header, ...plan.body, ...parts.tail];
  return finish(after, { changed: plan.message !== "OK" || !isEnded, message: plan.message });
}

function finish(
  lines: readonly string[],
  { changed, message }: { readonly changed: boolean; readonly message: string },
): IniPlan {
  return { text: lines.map((it) => `${it}\n`).join(""), changed, message };
}

interface BodyPlan {
  readonly body: readonly string[];
  readonly message: "OK" | "option changed" | "option added" | "section removed";
}

function present(before: readonly string[], wish: IniWish): BodyPlan {
  const { option } = wish;
  if (option === undefined) return { body: before, message: "OK" };
  const isSetting = (line: Line): boolean => isMeant(line.text, option, wish);
  const marked = markMatching(before, { ...wish, option });
  const { lines, left } =
    wish.exclusive && !wish.allow_no_value
      ? overwrite(marked, { ...wish, option }, isSetting)
      : marked;
  const added = [
    ...left.map((value) => assignment(option, value, wish)),
    ...(wish.values.length === 0 && wish.allow_no_value && !lines.some((it) => it.isDone === true)
      ? [option]
      : []),
  ];
  const at = lines.findLastIndex((it) => hasContent(it.text)) + 1;
  const body = lines.map((it) => it.text).toSpliced(at, 0, ...added);
  if (added.length > 0) return { body, message: "option added" };
  const isSame = body.length === before.length && body.every((it, index) => it === before[index]);
  return { body, message: isSame ? "OK" : "option changed" };
}

interface Marked {
  readonly lines: readonly Line[];
  /** Values that no line has yet. */
  readonly left: readonly string[];
}

type OptionWish = IniWish & { readonly option: string };

/** Lines that set the option to one of the values, in the form that is asked for. */
function markMatching(body: readonly string[], wish: OptionWish): Marked {
  const left = [...wish.values];
  let isOver = false;
  const lines = body.map((text): Line => {
    const setting =
      isOver || !isMeant(text, wish.option, wish) ? undefined : readSetting(text, wish.option);
    if (setting === undefined) return { text };
    if (wish.values.length === 0 && wish.allow_no_value) {
      isOver = true;
      return { text: reworded(text, wish.option, wish), isDone: true };
    }
    const index = left.indexOf(setting.value);
    if (index < 0) return { text };
    left.splice(index, 1);
    const bare = setting.value === "" && wish.allow_no_value;
    const wanted = bare ? wish.option : assignment(wish.option, setting.value, wish);
    return { text: reworded(text, wanted, wish), isDone: true };
  });
  return { lines, left };
}

/** Other lines of the option take the values that are left; what is then too much goes. */
function overwrite(
  { lines, left }: Marked,
  wish: OptionWish,
  isSetting: (line: Line) => boolean,
): Marked {
  const values = [...left];
  const kept = lines.flatMap((it): Line[] => {
    if (it.isDone === true || !isSetting(it)) return [it];
    const value = values.shift();
    if (value === undefined) return [];
    return [{ text: reworded(it.text, assignment(wish.option, value, wish), wish), isDone: true }];
  });
  return { lines: kept, left: values };
}

/** The new line; the old one where it differs in spaces only and these are not to be changed. */
function reworded(
  old: string,
  wanted: string,
  { ignore_spaces: loose, option }: OptionWish,
): string {
  const before = loose ? readSetting(old, option) : undefined;
  if (before?.isInactive !== false) return wanted;
  return before.value === readSetting(wanted, option)?.value ? old : wanted;
}

function absent(body: readonly string[], wish: IniWish): BodyPlan {
  const { option, exclusive, values } = wish;
  if (option === undefined) return { body: [], message: "section removed" };
  const kept = body.filter((it) => {
    const setting = readSetting(it, option);
    if (setting?.isInactive !== false) return true;
    return !exclusive && !values.includes(setting.value);
  });
  return { body: kept, message: kept.length === body.length ? "OK" : "option changed" };
}

/** A new section at the end, with all that would be asked of it. */
function addSection(lines: readonly string[], wish: IniWish): IniPlan {
  const { option, exclusive, allow_no_value: bare } = wish;
  const required = wish.section_has_values;
  const others = required
    .filter((it) => it.option !== option)
    .flatMap((it) => {
      if (it.values.length === 0) return bare ? [it.option] : [];
      return it.values.map((value) => assignment(it.option, value, wish));
    });
  const more = exclusive ? [] : required.filter((it) => it.option === option);
  const values = [...new Set([...wish.values, ...more.flatMap((it) => it.values)])];
  const own = option === undefined ? [] : values.map((it) => assignment(option, it, wish));
  if (option !== undefined && values.length === 0 && bare) own.push(option);
  const message = own.length > 0 ? "section and option added" : "only section added";
  return finish([...lines, `[${wish.section ?? ""}]`, ...others, ...own], {
    changed: true,
    message,
  });
}

function isMeant(text: string, option: string, { modify_inactive_option: any }: IniWish): boolean {
  const setting = readSetting(text, option);
  return setting !== undefined && (any || !setting.isInactive);
}

function assignment(option: string, value: string, { no_extra_spaces: tight }: IniWish): string {
  return tight ? `${option}=${value}` : `${option} = ${value}`;
}
