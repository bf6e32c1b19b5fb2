/** sudo that wants a password: none, a wrong one, the right one. */
import { installSudo } from "../../support/install-sudo";
import { startBench, type ModuleBench } from "../../support/module-run";
import { oneLine, runTasks, type Way } from "./run-tasks";

const RIGHT = "r1ght 'pass' $(id)";

let bench: ModuleBench;
let way: Way;

beforeAll(async () => {
  bench = await startBench("busybox");
  const { stdout } = await bench.host.query({ argv: ["mkpasswd", "-m", "sha512", RIGHT] }, {});
  await bench.run("user", { name: "op", password: stdout.trim() });
  await bench.shell("mkdir ~op/.ssh; cp ~/.ssh/authorized_keys ~op/.ssh; chown -R op ~op/.ssh");
  await installSudo(bench.host, "op ALL=(ALL) ALL\n");
  way = { ...bench.machine, user: "op" };
});

afterAll(() => bench.stop());

const TASKS = `
    - copy: {dest: /root/made, content: "{{ pw }}"}
      become: true
    - copy: {dest: /tmp/after, content: "{{ pw }}"}
`;

test.each([
  ["nobody gave", {}],
  ["is a wrong secret", { ansible_become_password: "{{ pw }}" }],
])("a password that %s: the task fails, and nothing ran", async (_, vars) => {
  const { host, statuses } = await runTasks(way, TASKS, { vars });

  expect(host).toMatchObject({ status: "failed", error: oneLine("AS2223") });
  expect(statuses).toEqual(["failed"]);
  expect(await bench.shell("ls /root /tmp")).not.toMatch(/made|after/);
});

test("the right password, which is a secret: the task runs, and nothing tells it", async () => {
  const told: string[] = [];
  const { host, statuses } = await runTasks(way, TASKS, {
    secretVars: { ansible_become_password: RIGHT },
    onEvent: (event) => told.push(JSON.stringify(event)),
  });

  expect(host.status).toBe("ok");
  expect(statuses).toEqual(["changed", "changed"]);
  expect(told.join("\n")).not.toContain("r1ght");
  expect(await bench.shell("cat /root/made")).toContain("S3cr3t");
});

test("a user who may not use sudo at all", async () => {
  await bench.run("user", { name: "guest" });
  await bench.shell("cp -r ~op/.ssh ~guest; chown -R guest ~guest/.ssh; passwd -u guest || true");

  const { host } = await runTasks({ ...way, user: "guest" }, TASKS, {
    vars: { ansible_become_password: "{{ pw }}" },
  });

  expect(host).toMatchObject({ status: "failed", error: oneLine("AS2223") });
});
