/** Settings in a file of `name = value` lines. Pure. */

const SETTING = /^\s*-?\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/;

/** As the kernel shows it: one space between words, yes and no as 1 and 0. */
export function normalizeSetting(value: string): string {
  const words = value.trim().replaceAll(/\s+/g, " ");
  if (/^(yes|true|on)$/i.test(words)) return "1";
  return /^(no|false|off)$/i.test(words) ? "0" : words;
}

/** The value that holds: of several lines the last one. */
export function settingOf(content: string, name: string): string | undefined {
  const values = content.split("\n").flatMap((line) => {
    const [, key, value] = SETTING.exec(line) ?? [];
    return key === name ? [normalizeSetting(value ?? "")] : [];
  });
  return values.at(-1);
}

/** The file with exactly one line for the name, or none when the value is undefined. */
export function planSysctlFile(content: string, name: string, value: string | undefined): string {
  const lines = content === "" ? [] : content.replace(/\n$/, "").split("\n");
  const line = value === undefined ? [] : [`${name}=${value}`];
  const first = lines.findIndex((it) => SETTING.exec(it)?.[1] === name);
  const kept = lines.flatMap((it, index) => {
    if (SETTING.exec(it)?.[1] !== name) return [it];
    return index === first ? line : [];
  });
  const all = first < 0 ? [...kept, ...line] : kept;
  return all.length === 0 ? "" : `${all.join("\n")}\n`;
}
