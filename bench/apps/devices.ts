/** Devices and what they cannot be without (project, claim, key): no playbook runs on them. */
import { readFileSync } from "node:fs";
import { App, LocalBackend, TerraformIterator, TerraformStack } from "cdktf";
import { MetalSubstrate } from "../../constructs";
import { Device } from "../../constructs/l1/device";
import { SshKey } from "../../constructs/l1/ssh-key";
import { LAB_SSH_PORT } from "../../core/lab-defaults";
import { DEVICE, deviceNames, STACK, STATE_PATH, TAGS } from "./device-facts";

const [count = "1", publicKeyFile = ""] = process.argv.slice(2);
const app = new App();
const stack = new TerraformStack(app, STACK);
new LocalBackend(stack, { path: STATE_PATH });
const substrate = new MetalSubstrate({ project: STACK, metro: DEVICE.metro });
const bound = substrate.bind(stack, STACK, (part) => part);
const key = new SshKey(stack, "key", {
  ...bound,
  label: STACK,
  publicKey: readFileSync(publicKeyFile, "utf8").trim(),
});
const nodes = TerraformIterator.fromList(deviceNames(Number(count)));
new Device(stack, "nodes", {
  ...bound,
  ...DEVICE,
  forEach: nodes,
  hostname: nodes.value as string,
  projectSshKeyIds: [key.id],
  sshPort: LAB_SSH_PORT,
  tags: TAGS,
});
app.synth();
