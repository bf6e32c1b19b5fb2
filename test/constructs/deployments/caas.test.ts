/** What machines of a caas cluster boot: made of their discovery, and of nothing else. */
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { type BootPlan } from "../../../constructs/deployments/caas/boot-plan";
import { caasBootPlan, caasDefinition } from "../../../constructs/deployments/caas";
import { checkBootFiles } from "../../../images/netboot/check";
import { bootScript } from "../../../images/netboot/ipxe-script";
import { metadataLines } from "../../../images/netboot/metadata";
import { selectBoot } from "../../../images/netboot/select-group";
import { caasCluster } from "../../cluster/deployments/caas/described";
import { discoveryText, networkInterface, payload } from "../../cluster/deployments/caas/payloads";
import { ignitionValidator } from "../../images/ignition/validator";
import { faultsOf } from "../../support/faults-of";

// A package list is fetched where nobody did before.
jest.setTimeout(300_000);

function planOf(numbers: readonly number[], keys = {}, pools?: readonly object[]): BootPlan {
  const file = { written: "machines.json", content: discoveryText(...numbers) };
  return caasBootPlan(caasCluster(keys, pools), file);
}

const nodeName = (number: number): string =>
  `node-5254000000${number.toString(16).padStart(2, "0")}`;
const mac = (number: number): string => `52:54:00:00:00:${number.toString(16).padStart(2, "0")}`;

test("five machines: three members, a control plane, a worker", () => {
  const plan = planOf([5, 3, 1, 4, 2]);

  expect([...plan.schedule.assignments.values()].map((it) => it.join("+"))).toEqual([
    "etcd-member",
    "etcd-member",
    "etcd-member",
    "control-plane",
    "worker",
  ]);
  expect(plan).toMatchSnapshot();
});

test("too few machines: all of them are told to tell what they are", () => {
  const plan = planOf([1, 2]);

  expect(plan.files.groups.map(({ id }) => id)).toEqual(["discovery"]);
  expect(Object.keys(plan.ignition)).toEqual(["discovery.ign"]);
  expect(plan.schedule.waiting[0]).toMatchObject({ roles: ["etcd-member"], missing: 1 });
});

test("the real ignition-validate takes all configs", async () => {
  const program = await ignitionValidator();
  for (const [name, input] of Object.entries(planOf([1, 2, 3, 4, 5]).ignition)) {
    const { status, stdout, stderr } = spawnSync(program, ["-"], { input, encoding: "utf8" });
    expect({ name, status, said: stdout + stderr }).toEqual({ name, status: 0, said: "" });
  }
});

test("a machine boots by its own group, an unknown one by that of discovery", () => {
  const { files } = planOf([1, 2, 3, 4]);
  const query = { uuid: "x", mac: "52-54-00-00-00-02", arch: "arm64" };

  expect(selectBoot(files, query)?.profile.ignition_id).toBe(`${nodeName(2)}.ign`);
  expect(selectBoot(files, { ...query, mac: "52:54:00:00:00:99" })?.group.id).toBe("discovery");
  expect(checkBootFiles(files)).toEqual([]);
});

test("the script leads to the config of who asks", () => {
  const [profile] = planOf([1, 2, 3]).files.profiles;

  expect(profile && bootScript(profile.boot)).toContain(
    "flatcar.config.url=http://172.20.0.250:5000/ignition?uuid=${uuid}&mac=${mac:hexhyp}",
  );
});

test("metadata of a member tell its store and its part of the containers' network", () => {
  const group = planOf([1, 2, 3]).files.groups.find(({ id }) => id === nodeName(2));

  const lines = group ? metadataLines(group, {}, "").split("\n") : [];

  expect(lines).toEqual(
    expect.arrayContaining([
      `HOSTNAME=${nodeName(2)}`,
      "ETCD_KUBERNETES_PROXY=off",
      "ETCD_KUBERNETES_ADVERTISE_CLIENT_URLS=http://172.20.0.2:4003",
      "POD_NETWORK=10.99.2.0/24",
    ]),
  );
});

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 9 });
const keys = fc.record({ stacked: fc.boolean() });
const members = [{ name: "m", role: "etcd-member", count: 3 }];

test("whatever the order in which machines were found, the files are the same", () => {
  fc.assert(
    fc.property(numbers, keys, fc.infiniteStream(fc.nat()), (all, options, ranks) => {
      const shuffled = all
        .map((it) => [it, Number(ranks.next().value)] as const)
        .sort((a, b) => a[1] - b[1])
        .map(([it]) => it);
      const text = (order: readonly number[]): string => {
        const { files, ignition } = planOf(order, options, members);
        return JSON.stringify({ files, ignition });
      };
      expect(text(shuffled)).toBe(text(all));
    }),
    { numRuns: 40 },
  );
});

test("another machine changes no file of those that have their roles", () => {
  fc.assert(
    fc.property(numbers, numbers, keys, (first, more, options) => {
      const before = planOf(first, options, members);
      fc.pre(before.schedule.waiting.length === 0);
      const assigned = Object.fromEntries(before.schedule.assignments);
      const all = [...new Set([...first, ...more])];
      const after = planOf(all, { ...options, assigned }, members);

      expect(after.ignition).toMatchObject(before.ignition);
      expect(after.files.groups).toEqual(expect.arrayContaining([...before.files.groups]));
      expect(after.files.profiles).toEqual(expect.arrayContaining([...before.files.profiles]));
    }),
    { numRuns: 40 },
  );
});

test("a member that is gone from the discovery is missed: others need its address", () => {
  const assigned = { [mac(9)]: ["etcd-member"], [mac(8)]: ["worker"] };

  const faults = faultsOf(() => planOf([1, 2, 3, 4, 5], { assigned }));

  expect(faults.map(({ code, path }) => `${code} ${path}`)).toEqual([
    `AS1575 deployment.assigned.${mac(9)}`,
  ]);
  expect(faultsOf(() => planOf([1, 2, 3, 4, 5], { assigned: { [mac(8)]: ["worker"] } }))).toEqual(
    [],
  );
});

test("two machines whose addresses end in the same byte would share a part of the network", () => {
  const other = payload(2, {
    interfaces: [networkInterface(2, { ipv4: "172.21.0.1", cidrv4: undefined })],
  });
  const plan = (second: object): unknown =>
    caasBootPlan(caasCluster(), {
      written: "m.json",
      content: JSON.stringify([payload(1), second]),
    });

  expect(faultsOf(() => plan(other)).map(({ code }) => code)).toEqual(["AS1577"]);
  expect(faultsOf(() => plan(payload(2)))).toEqual([]);
});

test("machines are outside of the networks of services and containers", () => {
  const faults = faultsOf(() => planOf([1], { podNetwork: "172.20.0.0/16" }));

  expect(faults.map(({ code, path }) => `${code} ${path}`)).toEqual([
    "AS1576 deployment.podNetwork",
  ]);
});

test("the kind reads the discovery file, and refuses one that is wrong", () => {
  const { kind: _, ...options } = caasCluster().deployment ?? { kind: "" };
  const props = options as unknown as Parameters<typeof caasDefinition>[0];
  const file = (content: string) => ({ written: "m.json", absolute: "/m.json", content });

  const definition = caasDefinition({ ...props, discovery: file(discoveryText(1, 2)) });

  expect(definition.options).toMatchObject({ server: props.server, discovery: "m.json" });
  expect(definition.plays).toBeUndefined();
  expect(
    faultsOf(() => caasDefinition({ ...props, discovery: file(discoveryText(1, 1)) })).length,
  ).toBeGreaterThan(0);
});
