/** What the door for LinuxKit files says of texts, one line a fault. */
import { type Fault, UserFault } from "../../../core/faults";
import { type LoadedLinuxkit, loadLinuxkit } from "../../../images/linuxkit/load";

/** `line:column severity code place`; the first line `# whole` asks for a whole image. */
export function judge(...texts: readonly string[]): string[] {
  const files = texts.map((text, n) => ({ name: `${n}.yml`, text: `${text}\n` }));
  const isPart = texts[0]?.startsWith("# whole") !== true;
  const { faults, warnings } = load(() => loadLinuxkit(files, isPart));
  const said = [
    ...faults.map((it) => ({ it, severity: "error" })),
    ...warnings.map((it) => ({ it, severity: "warning" })),
  ];
  return said
    .sort((a, b) => order(a.it) - order(b.it) || a.it.code.localeCompare(b.it.code))
    .map(({ it, severity }) => say(it, severity, texts.length > 1));
}

function load(act: () => LoadedLinuxkit): {
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
} {
  try {
    return { faults: [], warnings: act().warnings };
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return { faults: error.faults, warnings: [] };
  }
}

function order({ position }: Fault): number {
  const file = Number.parseInt(position?.file ?? "0", 10);
  return file * 1e9 + (position?.line ?? 0) * 1e4 + (position?.column ?? 0);
}

function say({ position, code, path }: Fault, severity: string, named: boolean): string {
  const file = named ? `${position?.file ?? ""}:` : "";
  return `${file}${position?.line}:${position?.column} ${severity} ${code} ${path}`.trim();
}
