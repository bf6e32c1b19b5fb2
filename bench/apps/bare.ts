/**
 * What cdktf itself takes: as many bare resources, one construct each, as a cluster has nodes. Null resources, as
 * cdktf asks terraform for its version once for each `terraform_data`.
 */
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { DEVICE, deviceNames, STACK, STATE_PATH } from "./device-facts";

const [count = "1"] = process.argv.slice(2);
const app = new App();
const stack = new TerraformStack(app, STACK);
new LocalBackend(stack, { path: STATE_PATH });
new NullProvider(stack, "null");
for (const hostname of deviceNames(Number(count))) {
  new Resource(stack, hostname, { triggers: { ...DEVICE, hostname } });
}
app.synth();
