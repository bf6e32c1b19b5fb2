/** Settings in a file of `name = value` lines. Pure. */

/** Ansible's words for yes and no become what the kernel shows. */
export function settingValue(value: string): string {
  if (/^(y|yes|true|t|on|1|1\.0)$/i.test(value)) return "1";
  return /^(n|no|false|f|off|0|0\.0)$/i.test(value) ? "0" : value.trim();
}

/** Whether two values are the same to the kernel: the space between words does not count. */
export function isSameSetting(one: string, other: string): boolean {
  const words = (it: string): string => it.trim().split(/\s+/).join(" ");
  return words(one) === words(other);
}

/** The value that holds: of several lines the last one. */
export function settingOf(content: string, name: string): string | undefined {
  const settings = linesOf(content).map(readSetting);
  return settings.findLast((it) => it?.name === name)?.value;
}

/** The file with exactly one line for the name, or none when the value is undefined; all settings are written alike. */
export function planSysctlFile(content: string, name: string, value: string | undefined): string {
  const line = value === undefined ? [] : [`${name}=${value}`];
  const before = linesOf(content);
  const first = before.findIndex((it) => readSetting(it)?.name === name);
  const lines = before.flatMap((it, index) => {
    const setting = readSetting(it);
    if (setting === undefined) return [it];
    if (setting.name !== name) return [`${setting.name}=${setting.value}`];
    return index === first ? line : [];
  });
  return [...lines, ...(first < 0 ? line : [])].map((it) => `${it}\n`).join("");
}

function linesOf(content: string): string[] {
  const lines = content.split("\n").map((it) => it.trim());
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

function readSetting(line: string): { readonly name: string; readonly value: string } | undefined {
  const at = line.indexOf("=");
  if (at < 0 || /^[#;]/.test(line)) return undefined;
  return { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
}
