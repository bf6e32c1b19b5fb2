/**
 * Failures on purpose, during creation and during bootstrap. Whatever the apply said, after `destroy` the
 * lab lists no device and no key, every time.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { MachineApi } from "../../api/api";
import type { FaultRuleInput } from "../../lab/faults";
import { type Running, signalGroup } from "./support/run";
import type { Terraform } from "./support/terraform";
import { World } from "./support/world";

interface Case {
  readonly name: string;
  readonly faults?: readonly FaultRuleInput[];
  /** What happens while terraform applies. */
  readonly disturb?: (world: World, running: Running) => Promise<void>;
  /** How the apply ends; left out where both ends are right. */
  readonly ends?: "done" | "failed";
}

const CREATE = { method: "POST", path: "/projects/*/devices" } as const;
const CREATING = /armstead_device\S*: (Creating|Still creating)/;
const BOOTSTRAPPING = /armstead_playbook\S*: Creating/;
const SLOW: FaultRuleInput = { kind: "provision-slow", seconds: 4, times: "always" };

/** Process ids of providers below a running terraform. */
function providersOf({ child }: Running): number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, ...words]) =>
        Number(parent) === child.pid && words.join(" ").includes("terraform-provider-armstead"),
    )
    .map(([pid]) => Number(pid));
}

const interruptAt =
  (pattern: RegExp) =>
  async (_: World, running: Running): Promise<void> => {
    await running.seen(pattern);
    signalGroup(running, "SIGINT");
  };
const killProviderAt =
  (pattern: RegExp) =>
  async (_: World, running: Running): Promise<void> => {
    await running.seen(pattern);
    for (const pid of providersOf(running)) process.kill(pid, "SIGKILL");
  };
const restartLabAt =
  (pattern: RegExp, end: "stop" | "kill") =>
  async ({ lab }: World, running: Running): Promise<void> => {
    await running.seen(pattern);
    await lab[end]();
    await lab.start();
  };
const faultsAt =
  (pattern: RegExp, ...faults: readonly FaultRuleInput[]) =>
  async ({ lab }: World, running: Running): Promise<void> => {
    await running.seen(pattern);
    for (const it of faults) await lab.addFault(it);
  };
/** As somebody else would: by the API, behind Terraform's back. */
const deviceAt =
  (pattern: RegExp, does: (api: MachineApi, id: string) => Promise<unknown>) =>
  async ({ api }: World, running: Running): Promise<void> => {
    await running.seen(pattern);
    const [project] = await api.listProjects({}, {});
    const devices = await api.listDevices(project?.id ?? "", {}, {});
    await does(api, devices.find((it) => it.hostname === "nodes-0")?.id ?? "");
  };

const CASES: readonly Case[] = [
  { name: "nothing at all", ends: "done" },
  {
    name: "provisioning fails and the device stays visible",
    faults: [{ kind: "provision-fails", hostname: "*0" }],
    ends: "failed",
  },
  {
    name: "provisioning fails and the device answers 403",
    faults: [{ kind: "provision-fails", outcome: "403", hostname: "*0" }],
    ends: "failed",
  },
  {
    name: "provisioning fails and the device answers 404",
    faults: [{ kind: "provision-fails", outcome: "404", hostname: "*0" }],
    ends: "failed",
  },
  {
    name: "provisioning is slow",
    faults: [{ kind: "provision-slow", seconds: 2, times: "always" }],
    ends: "done",
  },
  {
    name: "capacity is gone",
    faults: [{ kind: "capacity-gone", times: "always" }],
    ends: "failed",
  },
  {
    name: "capacity of the first device plan is gone",
    faults: [{ kind: "capacity-gone", plan: "c3.large.arm64", times: "always" }],
    ends: "done",
  },
  {
    name: "the API limits the rate",
    faults: [{ kind: "rate-limited", retryAfter: 0, times: 3 }],
    ends: "done",
  },
  {
    name: "the connection is cut after the device was made",
    faults: [{ kind: "cut-after", ...CREATE }],
    ends: "done",
  },
  {
    name: "the connection is cut after every device was made",
    faults: [{ kind: "cut-after", ...CREATE, times: 2 }],
    ends: "done",
  },
  {
    name: "the connection is cut before the device was made",
    faults: [{ kind: "cut-before", ...CREATE }],
  },
  {
    name: "the connection is cut after the key was made",
    faults: [{ kind: "cut-after", method: "POST", path: "*/ssh-keys" }],
    ends: "done",
  },
  { name: "the API answers creation with 500", faults: [{ kind: "server-error", ...CREATE }] },
  {
    name: "a proxy answers reads",
    faults: [{ kind: "proxy-error", method: "GET", path: "/devices/*", times: 3 }],
    ends: "done",
  },
  { name: "a proxy answers everything", faults: [{ kind: "proxy-error", times: 40 }] },
  {
    name: "deleting is refused at first",
    faults: [{ kind: "server-error", method: "DELETE", times: 2 }],
    ends: "done",
  },
  {
    name: "a machine dies while it is provisioned",
    faults: [{ kind: "machine-dies", state: "provisioning", hostname: "*0" }],
  },
  {
    name: "a machine dies as soon as it is active",
    faults: [{ kind: "machine-dies", hostname: "*0" }],
  },
  {
    name: "Ctrl-C as devices are asked for",
    faults: [SLOW],
    disturb: interruptAt(CREATING),
    ends: "failed",
  },
  {
    name: "Ctrl-C while devices are provisioned",
    faults: [SLOW],
    disturb: interruptAt(/Still creating|\[id=/),
    ends: "failed",
  },
  { name: "Ctrl-C during bootstrap", disturb: interruptAt(BOOTSTRAPPING), ends: "failed" },
  {
    name: "the provider is killed during creation",
    faults: [SLOW],
    disturb: killProviderAt(CREATING),
    ends: "failed",
  },
  {
    name: "the provider is killed during bootstrap",
    disturb: killProviderAt(BOOTSTRAPPING),
    ends: "failed",
  },
  {
    name: "the lab restarts during creation",
    faults: [SLOW],
    disturb: restartLabAt(CREATING, "stop"),
  },
  {
    name: "the lab is killed during creation and started again",
    faults: [SLOW],
    disturb: restartLabAt(CREATING, "kill"),
  },
  { name: "the lab restarts during bootstrap", disturb: restartLabAt(BOOTSTRAPPING, "stop") },
  {
    name: "the lab is killed during bootstrap and started again",
    disturb: restartLabAt(BOOTSTRAPPING, "kill"),
  },
  {
    name: "a machine dies during bootstrap",
    faults: [{ kind: "machine-dies", hostname: "*0", seconds: 2 }],
    ends: "failed",
  },
  {
    name: "a machine is powered off during bootstrap",
    disturb: deviceAt(BOOTSTRAPPING, (api, id) => api.actOnDevice(id, { type: "power_off" }, {})),
    ends: "failed",
  },
  {
    name: "a machine reboots during bootstrap",
    disturb: deviceAt(BOOTSTRAPPING, (api, id) => api.actOnDevice(id, { type: "reboot" }, {})),
  },
  {
    name: "a machine is deleted during bootstrap",
    disturb: deviceAt(BOOTSTRAPPING, (api, id) => api.deleteDevice(id, {}, {})),
    ends: "failed",
  },
  {
    name: "the API limits the rate, answers 500 and cuts from the bootstrap on",
    disturb: faultsAt(
      BOOTSTRAPPING,
      { kind: "rate-limited", retryAfter: 0, times: 2 },
      { kind: "server-error", method: "DELETE" },
      { kind: "cut-after", method: "DELETE" },
      { kind: "cut-before", times: 2 },
    ),
  },
  {
    name: "terraform is killed with its provider during creation",
    faults: [SLOW],
    disturb: async (_, running) => {
      await running.seen(CREATING);
      signalGroup(running, "SIGKILL");
    },
    ends: "failed",
  },
];

let world: World;
let terraform: Terraform;

beforeAll(async () => {
  world = await World.open();
  const play = path.join(world.folder, "slow.yml");
  writeFileSync(
    play,
    "- hosts: all\n  tasks:\n    - command: sleep 2\n    - copy: { content: done, dest: /etc/bootstrapped }\n",
  );
  terraform = await world.synth(
    world.cluster({
      substrate: {
        metal: {
          endpoint: "lab",
          project: "e2e",
          metro: "da",
          capacity: ["c3.large.arm64", "c2.large.arm"],
        },
      },
      pools: [{ name: "nodes", role: "worker", count: 2 }],
      bootstrap: { plays: [play] },
    }),
  );
}, 300_000);

/** The apply of the test at hand: one that outlived its test would fail all that follow. */
let running: Running | undefined;

afterEach(async () => {
  if (running?.child.exitCode === null && running.child.signalCode === null)
    signalGroup(running, "SIGKILL");
  await running?.ended;
  running = undefined;
});

afterAll(() => world.close());

test.each(CASES)("$name: destroy leaves nothing", async ({ faults = [], disturb, ends }) => {
  for (const it of faults) await world.lab.addFault(it);
  running = terraform.start("apply", "-auto-approve", "-input=false", "-no-color");

  const disturbed = disturb?.(world, running);
  const applied = await running.ended;
  await disturbed;
  await world.lab.clearFaults();
  const destroyed = await terraform.run("destroy", "-auto-approve", "-input=false", "-no-color");

  if (ends !== undefined) {
    const end = applied.code === 0 ? "done" : "failed";
    expect(`${end}\n${applied.output}`).toMatch(new RegExp(`^${ends}\n`));
  }
  expect({ code: destroyed.code, left: await world.leftovers() }).toEqual({ code: 0, left: [] });
});
