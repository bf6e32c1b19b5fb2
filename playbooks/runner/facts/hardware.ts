/** Processors, memory, mounts. */
import type { Parts } from "./parts";

/** Facts from /proc. */
export function hardwareFacts(parts: Parts, files: Parts): Record<string, unknown> {
  const memory = parseMemory(files.lines("memory"));
  const cpuinfo = parts.lines("cpuinfo");
  const processors = cpuinfo.filter((it) => it.startsWith("processor")).length || undefined;
  const [uptime] = files.lines("uptime");
  return {
    memtotal_mb: memory("MemTotal"),
    memfree_mb: memory("MemFree"),
    swaptotal_mb: memory("SwapTotal"),
    swapfree_mb: memory("SwapFree"),
    memory_mb: memoryFacts(memory),
    ...processorFacts(cpuinfo),
    processor_vcpus: processors,
    processor_nproc: processors,
    uptime_seconds: uptime === undefined ? undefined : Math.floor(Number.parseFloat(uptime)),
    mounts: mounts(parts, files),
  };
}

/** The same once more, as Ansible puts it together. */
function memoryFacts(memory: (name: string) => number | undefined): Record<string, unknown> {
  const value = (name: string): number => memory(name) ?? 0;
  const [total, free] = [value("MemTotal"), value("MemFree")];
  const spare = free + value("Cached") + value("Buffers");
  const swap = [value("SwapTotal"), value("SwapFree")] as const;
  return {
    real: { total, free, used: total - free },
    nocache: { free: spare, used: total - spare },
    swap: {
      ...{ total: swap[0], free: swap[1], used: swap[0] - swap[1], cached: value("SwapCached") },
    },
  };
}

/** Sockets, cores and threads, as far as the kernel tells them; ARM's tells processors only. */
function processorFacts(lines: readonly string[]): Record<string, unknown> {
  const rows = lines.map((line) => line.split(":", 2).map((it) => it.trim()));
  const of = (name: string): string[] =>
    rows.flatMap(([key, it = ""]) => (key === name ? [it] : []));
  const count = of("processor").length;
  if (count === 0) return {};
  const sockets = new Set(of("physical id")).size || count;
  const cores = Number(of("cpu cores")[0] ?? 1);
  const siblings = Number(of("siblings")[0] ?? cores);
  const names = ["processor", "vendor_id", "model name"];
  return {
    processor: rows.flatMap(([key = "", it = ""]) => (names.includes(key) ? [it] : [])),
    processor_count: sockets,
    processor_cores: cores,
    processor_threads_per_core: Math.max(1, Math.floor(siblings / cores)),
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
function mounts(parts: Parts, files: Parts): Record<string, unknown>[] {
  const sizes = new Map(
    parts.lines("df").flatMap((line) => {
      const [, total = "", available = "", mount = ""] =
        /\s(\d+)\s+\d+\s+(\d+)\s+\d+%\s+(\S.*)$/.exec(line) ?? [];
      const bytes = { size_total: Number(total) * 1024, size_available: Number(available) * 1024 };
      return mount === "" ? [] : [[mount, bytes] as const];
    }),
  );
  return files.lines("mounts").flatMap((line) => {
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
