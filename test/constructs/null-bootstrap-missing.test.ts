/** `via: null-provider` without the package, which is optional. */
import { clusterText, loadText } from "../support/cluster-folder";
import { faultsOf } from "../support/faults-of";
import { synthConfig } from "../support/synth";

const FILE = clusterText("bootstrap:\n  via: null-provider\n");

/** Node's own words when a package is not there. */
jest.mock("@cdktf/provider-null", () => {
  throw Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
});

test("the package of the null provider is asked for where it is used, and only there", () => {
  const { config } = loadText(FILE.replace("[./key.pub]", "[./key.pub], privateKey: agent"));
  const plain = loadText(FILE.replace("null-provider", "provider"));

  expect(faultsOf(() => synthConfig(config))).toMatchObject([
    { code: "AS1608", path: "bootstrap.via" },
  ]);
  expect(synthConfig(plain.config)).toContain("armstead_playbook");
});
