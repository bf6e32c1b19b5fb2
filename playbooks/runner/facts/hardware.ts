/** Processors, memory, mounts. */
import type { Parts } from "./parts";

/** Facts from /proc. */
export function hardwareFacts(parts: Parts): Record<string, unknown> {
  const memory = parseMemory(parts.lines("memory"));
  const [count] = parts.lines("processors");
  const processors = count === undefined ? undefined : Math.max(1, Number(count));
  const [uptime] = parts.lines("uptime");
  return {
    memtotal_mb: memory("MemTotal"),
    memfree_mb: memory("MemFree"),
    swaptotal_mb: memory("SwapTotal"),
    swapfree_mb: memory("SwapFree"),
    processor_vcpus: processors,
    processor_nproc: processors,
    uptime_seconds: uptime === undefined ? undefined : Math.floor(Number.parseFloat(uptime)),
    mounts: mounts(parts),
  };
}

function parseMemory(lines: readonly string[]): (name: string) => number | undefined {
  const values = new Map(
    lines.map((line) => {
      const [name = "", value = ""] = line.split(/:\s*/);
      return [name, Number.parseInt(value, 10)];
    }),
  );
  return (name) => {
    const kilobytes = values.get(name);
    return kilobytes === undefined ? undefined : Math.floor(kilobytes / 1024);
  };
}

/** Mounts of devices, as Ansible lists them; sizes in bytes. */
function mounts(parts: Parts): Record<string, unknown>[] {
  const sizes = new Map(
    parts.lines("df").flatMap((line) => {
      const [, total = "", available = "", mount = ""] =
        /\s(\d+)\s+\d+\s+(\d+)\s+\d+%\s+(\S.*)$/.exec(line) ?? [];
      const bytes = { size_total: Number(total) * 1024, size_available: Number(available) * 1024 };
      return mount === "" ? [] : [[mount, bytes] as const];
    }),
  );
  return parts.lines("mounts").flatMap((line) => {
    const [device = "", mount = "", fstype, options] = line.split(" ").map(unescapeOctal);
    if (!device.startsWith("/") && !device.includes(":/")) return [];
    return [{ device, mount, fstype, options, ...sizes.get(mount) }];
  });
}

/** /proc/mounts writes a space as `\040`. */
function unescapeOctal(word: string): string {
  return word.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
