import { existsSync, readdirSync } from "node:fs";
import fc from "fast-check";
import path from "node:path";
import type { LabNode } from "./lab-node";
import { Points } from "./points";

const UNLOCKED = ["aio-sx", "controller-0 unlocked"] as const;
const points = new Points();
let node: LabNode;

beforeAll(async () => {
  await points.reach([UNLOCKED]);
});

afterAll(async () => {
  await points.remove();
});

beforeEach(async () => {
  node = await points.fork(UNLOCKED);
});

afterEach(async () => {
  await node.remove();
});

const WORDS = [
  "$(touch pwned)",
  "`touch pwned`",
  "'; touch pwned; '",
  '"; touch pwned; "',
  "| touch pwned",
  "> pwned",
  "a b  c",
  "*",
  "?[a-z]*",
  "~",
  "$HOME",
  "\\",
  "\\n\\t\\\\",
  "%s%n%d",
  "&",
  "/ | grep /",
  "a\nb\n| 9 | controller-9 |",
  "a\tb",
  "\r\u001b[31m\u0007",
  "é ö 漢 \u202e",
  "x".repeat(5_000),
  "",
  " ",
  "=",
  "a=b=c",
  "end",
  "0x1f",
  "1e9",
  "-",
  "--",
  "--force",
  "/host/1/hostname",
] as const;

/** Every place at which a word of the caller's may stand. */
const PLACES: readonly (readonly string[])[] = [
  ["system", "{}"],
  ["system", "{}", "host-list"],
  ["system", "host-show", "{}"],
  ["system", "host-list", "--column", "{}"],
  ["system", "host-list", "--format", "{}"],
  ["system", "host-update", "controller-0", "{}"],
  ["system", "host-update", "controller-0", "location={}"],
  ["system", "host-update", "controller-0", "{}=x"],
  ["system", "host-if-modify", "controller-0", "{}", "-c", "platform"],
  ["system", "host-if-show", "controller-0", "{}"],
  ["system", "interface-network-assign", "controller-0", "enp2s0", "{}"],
  ["system", "interface-network-remove", "{}"],
  ["system", "ntp-modify", "ntpservers={}"],
  ["system", "host-stor-add", "controller-0", "osd", "{}"],
  ["system", "host-label-assign", "controller-0", "{}"],
  ["system", "host-label-assign", "controller-0", "{}=x"],
  ["system", "host-label-assign", "controller-0", "x={}"],
  ["system", "host-fs-modify", "controller-0", "{}=60"],
  ["system", "host-fs-add", "controller-0", "instances={}"],
  ["system", "host-route-add", "controller-0", "enp1s0", "{}", "24", "10.10.10.1"],
  ["system", "host-route-add", "controller-0", "enp1s0", "192.0.2.0", "{}", "10.10.10.1"],
  ["system", "storage-backend-add", "ceph-rook", "-n", "{}", "--confirmed"],
  ["system", "host-add", "-n", "{}", "-p", "worker", "-m", "{}"],
  ["starlingx-lab", "{}"],
  ["starlingx-lab", "power-on", "{}"],
  ["starlingx-lab", "hardware", "{}", "ports={}"],
  ["starlingx-lab", "step", "{}"],
  ["dcmanager", "subcloud", "{}"],
  ["ansible-playbook", "{}"],
  ["ansible-playbook", "bootstrap.yml", "-e", "override_files_dir={}"],
];

// Each word at every fourth place: all at all would be a thousand commands.
test.each(PLACES.map((place, at) => ({ shown: place.join(" "), place, at })))(
  "$shown takes hostile words as data",
  async ({ place, at }) => {
    const words = WORDS.filter((_, number) => number % 4 === at % 4);
    const files = readdirSync(node.home).sort();

    for (const word of words) {
      const argv = place.map((it) => it.replaceAll("{}", () => word));
      const { code, stderr } = await node.run(argv);
      expect([0, 1, 2]).toContain(code);
      expect(stderr).not.toMatch(/awk:|: not found|syntax error|bad substitution/);
      // Only --version ends without a line in the log of its own words.
      expect((await node.log()).at(-1)?.argv).toEqual(argv);
    }

    expect(readdirSync(node.home).sort()).toEqual(files);
    expect(existsSync(path.join(node.root, "pwned"))).toBe(false);
    const [host] = await node.rows("system", "host-list");
    expect(host).toMatchObject({ id: "1", hostname: "controller-0" });
  },
);

test("whatever is kept is kept as it was, and never draws a table of its own", async () => {
  const word = fc.string({ unit: "binary", minLength: 1 }).filter((it) => !it.includes("\0"));

  await fc.assert(
    fc.asyncProperty(word, async (text) => {
      await node.ok("system", "host-update", "controller-0", `location=${text}`);

      const state = await node.ok("starlingx-lab", "state");
      const line = state.split("\n").find((it) => it.startsWith("host/1/location\t")) ?? "";
      const kept = line.slice("host/1/location\t".length);
      expect(kept.replace(/\\([^])/g, (_, it: string) => ({ t: "\t", n: "\n" })[it] ?? it)).toBe(
        text,
      );
      const rows = await node.rows("system", "host-show", "controller-0");
      expect(rows.filter((it) => it.Property === "hostname")).toHaveLength(1);
    }),
    { numRuns: 25 },
  );
});
