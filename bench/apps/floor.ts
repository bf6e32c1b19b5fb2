/**
 * The floor: as many `terraform_data` as there are devices, in the shape in which a pool makes devices
 * (one resource over the nodes' names, with what a user says of a device). terraform brings its plugin.
 */
import { App, DataResource, LocalBackend, TerraformIterator, TerraformStack } from "cdktf";
import { DEVICE, deviceNames, STACK, STATE_PATH, TAGS } from "./device-facts";

const [count = "1"] = process.argv.slice(2);
const app = new App();
const stack = new TerraformStack(app, STACK);
new LocalBackend(stack, { path: STATE_PATH });
const nodes = TerraformIterator.fromList(deviceNames(Number(count)));
new DataResource(stack, "nodes", {
  forEach: nodes,
  input: { ...DEVICE, hostname: nodes.value as string, tags: TAGS },
});
app.synth();
