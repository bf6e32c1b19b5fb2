/** The name of a host, by the shipped play `base`: set, but on systems that name their hosts themselves. */
import { type ModuleBench, startBench } from "../../support/module-run";
import { runShippedPlays } from "../../support/play-run";

const TASKS = ["Host name", "The node resolves its own name"];

let bench: ModuleBench;

beforeAll(async () => {
  bench = await startBench("busybox");
});

afterAll(() => bench.stop());

test("a host that names itself keeps its name, and what it knows of it", async () => {
  const before = await said();

  expect(await runBase({ node_names_itself: true })).toEqual(["skipped", "skipped"]);
  expect(await said()).toBe(before);
});

test("any other host is named after its node", async () => {
  const [named, resolved] = await runBase({});

  expect(["ok", "changed"]).toContain(named);
  expect(resolved).toBe("changed");
  expect(await said()).toMatch(/^pool-0\n(.*\n)*127\.0\.0\.1 pool-0\n/);
});

function said(): Promise<string> {
  return bench.shell("hostname; cat /etc/hosts 2>/dev/null; echo");
}

/** What became of the tasks. */
async function runBase(vars: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  const { told } = await runShippedPlays({
    plays: ["base"],
    hosts: { "pool-0": { bench, role: "worker" } },
    vars: { node_kernel: "standard", access_keys: [], ...vars },
  });
  const events = told.split("\n").map((it) => JSON.parse(it) as Record<string, unknown>);
  return TASKS.map(
    (name) => events.find(({ event, task }) => event === "task.end" && task === name)?.status,
  );
}
