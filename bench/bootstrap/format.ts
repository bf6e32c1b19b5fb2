/** The report as text. Pure. */
import { formatRatio, formatSeconds, formatTable } from "../table";
import { type Measured, RUN_KINDS } from "./measure";
import { TOOL_NAMES, type ToolName } from "./tools";

/** The machine that was measured on. */
export interface Surroundings {
  readonly date: string;
  readonly cores: number;
  readonly gibibytes: number;
  /** Names and versions of what took part. */
  readonly versions: readonly string[];
  /** Of the last minute before the start. */
  readonly load: number;
}

/** Load from which figures are not to be trusted. */
const BUSY_LOAD = 0.5;

/** Tables of seconds, of processor time and of memory, each with the ratio to the first tool. */
export function formatBootstrap(measured: readonly Measured[], where: Surroundings): string {
  const load =
    `load before: ${where.load.toFixed(1)}` +
    (where.load > BUSY_LOAD
      ? " - others work on this machine, so these figures are preliminary"
      : "");
  return [
    `plays on many hosts, ${where.date}`,
    `${where.cores} cores, ${where.gibibytes.toFixed(1)} GiB, ${where.versions.join(", ")}`,
    load,
    "",
    table("seconds", measured, (it) => ({ value: it.seconds, isLeast: it.stopped })),
    "",
    table("CPU seconds of the tool", measured, (it) => ({ value: it.ownCpuSeconds })),
    "",
    table("CPU seconds of the hosts", measured, (it) => ({
      value: it.hostCpuSeconds,
      isLeast: it.stopped,
    })),
    "",
    table("peak MiB of the tool", measured, (it) => ({ value: it.mebibytes, isLeast: it.stopped })),
  ].join("\n");
}

interface Figure {
  readonly value: number | undefined;
  /** It was stopped: at least so much. */
  readonly isLeast?: boolean;
}

function table(
  title: string,
  measured: readonly Measured[],
  figureOf: (it: Measured) => Figure,
): string {
  const tools = TOOL_NAMES.filter((name) => measured.some((it) => it.tool === name));
  const [first, ...others] = tools;
  const header = [title, ...(first ? [first] : []), ...others.flatMap((name) => [name, "ratio"])];
  const rows = casesOf(measured).map((found) => {
    const figures = new Map<ToolName, Figure>(found.map((it) => [it.tool, figureOf(it)]));
    const floor = first && figures.get(first)?.value;
    const [{ hosts, tasks, kind } = { hosts: 0, tasks: 0, kind: "cold" }] = found;
    const name = `${hosts} x ${tasks}, ${kind}`;
    const cells = others.flatMap((tool) => ratioCells(figures.get(tool), floor));
    return [name, ...(first ? [cell(figures.get(first))] : []), ...cells];
  });
  return formatTable([header, ...rows]);
}

/** Runs of the same play on the same hosts, by all tools. */
function casesOf(measured: readonly Measured[]): Measured[][] {
  const sizes = [...new Set(measured.map(({ hosts, tasks }) => `${hosts} ${tasks}`))];
  return sizes
    .flatMap((size) =>
      RUN_KINDS.map((kind) =>
        measured.filter((it) => `${it.hosts} ${it.tasks}` === size && it.kind === kind),
      ),
    )
    .filter((it) => it.length > 0);
}

function ratioCells(figure: Figure | undefined, floor: number | undefined): string[] {
  if (figure?.value === undefined) return [cell(figure), "-"];
  return [cell(figure), (figure.isLeast === true ? ">" : "") + formatRatio(figure.value, floor)];
}

function cell(figure: Figure | undefined): string {
  if (figure?.value === undefined) return "-";
  return (figure.isLeast === true ? ">" : "") + formatSeconds(figure.value);
}
