import type { MachineDriver, MachineSpec } from "../../../lab/machine-driver";
import { machineSystem } from "../../../lab/catalogue/systems";
import { boot, machineSpec, newDriver, newMachinesFolder, ssh } from "./process-machine";

// A cold cache is filled first.
jest.setTimeout(120_000);

const PLAYBOOK = "/usr/share/ansible/stx-ansible/playbooks/bootstrap.yml";
const ADMIN = ". /etc/platform/openrc";
let driver: MachineDriver;

beforeAll(async () => {
  driver = newDriver(newMachinesFolder());
  await driver.prepare([machineSystem("starlingx_4")], () => undefined, {});
});

afterAll(async () => {
  for (const id of await driver.list()) await driver.remove(id, {});
});

test("a node of starlingx_4 is bootstrapped and provisioned over SSH by its scripted commands", async () => {
  const spec = { ...machineSpec("stx", "78.1.1"), system: machineSystem("starlingx_4") };
  await boot(driver, spec);

  await run(spec, "starlingx-lab step 0 && starlingx-lab install All-in-one");
  await run(spec, "printf 'ansible_become_pass: x\\n' >localhost.yml");
  await run(spec, `ansible-playbook ${PLAYBOOK}`);
  const early = await ssh(driver, spec, `${ADMIN}; system host-unlock controller-0`);
  await run(spec, `${ADMIN}; system host-if-modify controller-0 enp1s0 -c platform`);
  await run(spec, `${ADMIN}; system interface-network-assign controller-0 enp1s0 oam`);
  await run(spec, `${ADMIN}; system host-unlock controller-0`);
  const shown = await run(spec, `${ADMIN}; system host-list --format value`);
  const log = await run(spec, "cat /var/log/starlingx-lab.log");

  expect(early).toMatchObject({
    code: 1,
    output: expect.stringContaining("oam interface") as string,
  });
  expect(shown).toBe("1 controller-0 controller unlocked enabled available\n");
  expect(log.split("\n")[0]).toContain("not StarlingX");
  expect(log.trimEnd().split("\n")).toHaveLength(9);
});

test("a node of starlingx_4_rt was installed with the low-latency kernel", async () => {
  const spec = { ...machineSpec("rt", "78.1.2"), system: machineSystem("starlingx_4_rt") };
  await boot(driver, spec);

  const conf = await run(spec, "cat /etc/platform/platform.conf");

  expect(conf).toContain("\nsubfunction=controller,worker,lowlatency\n");
});

test("plain Debian has none of the commands", async () => {
  const spec = machineSpec("plain", "78.1.3");
  await boot(driver, spec);

  const { code } = await ssh(driver, spec, "command -v system || ls /usr/lib/starlingx-lab");

  expect(code).not.toBe(0);
});

async function run(spec: MachineSpec, command: string): Promise<string> {
  const { code, output } = await ssh(driver, spec, command);
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}: ${output}`);
  return output;
}
