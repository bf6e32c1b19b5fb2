/** Which provider a substrate uses: the one that it is given, one that the stack has, or its own. */
import path from "node:path";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  ArmCluster,
  ArmsteadProvider,
  MetalSubstrate,
  type MetalSubstrateProps,
} from "../../constructs";
import { clusterFolder } from "../support/cluster-folder";
import { faultsOf } from "../support/faults-of";
import { synth } from "../support/synth";
import { validate } from "../support/validated";

const key = path.join(clusterFolder(""), "key.pub");
const API = "https://api.example";

function add(
  stack: TerraformStack,
  id: string,
  props: Partial<MetalSubstrateProps>,
): MetalSubstrate {
  const substrate = new MetalSubstrate({ project: "demo", metro: "da", ...props });
  new ArmCluster(stack, id, { substrate, access: { sshKeys: [key] } }).addNodePool("w", {
    role: "worker",
    count: 1,
    devicePlan: "c3.large.arm64",
  });
  return substrate;
}

/** Two tokens for one API, a provider each; the second is in a scope of its own. */
function addTwoTokens(stack: TerraformStack): void {
  for (const alias of ["blue", "green"]) {
    const authToken = new TerraformVariable(stack, `${alias}-token`, { sensitive: true })
      .stringValue;
    const scope = alias === "blue" ? stack : new Construct(stack, "inner");
    const provider = new ArmsteadProvider(scope, `api-${alias}`, {
      endpoint: API,
      authToken,
      alias,
    });
    add(stack, alias, { provider });
  }
}

test("a provider that a substrate is given is used as it is, each with its own token", () => {
  const { provider, resource, data } = synth(addTwoTokens);

  expect(provider.armstead).toEqual([
    { alias: "blue", auth_token: "${var.blue-token}", endpoint: API },
    { alias: "green", auth_token: "${var.green-token}", endpoint: API },
  ]);
  expect(resource.armstead_device?.blue_w?.provider).toBe("armstead.blue");
  expect(resource.armstead_playbook?.green_bootstrap?.provider).toBe("armstead.green");
  const lookups = Object.values(data?.armstead_project ?? {}).map(({ provider: by }) => by);
  expect(lookups.sort()).toEqual(["armstead.blue", "armstead.green"]);
});

test("terraform takes a stack with two tokens for one API, and finds the provider that comes with it", () => {
  expect(validate(addTwoTokens)).toMatchObject({ valid: true, diagnostics: [] });
});

test("a substrate has the defaults of its provider's endpoint", () => {
  const stack = new TerraformStack(Testing.app(), "test");
  const given = (endpoint: string) =>
    new MetalSubstrate({
      project: "demo",
      metro: "da",
      provider: new ArmsteadProvider(stack, endpoint, { endpoint }),
    }).spec;

  expect(given(API)).toMatchObject({ endpoint: API, createProject: false });
  expect(given("lab")).toMatchObject({ endpoint: "lab", createProject: true });
});

test("a provider that the stack has for the endpoint is used without being named", () => {
  const { provider, resource } = synth((stack) => {
    const endpoint = new TerraformVariable(stack, "endpoint", {});
    const { stringValue: authToken } = new TerraformVariable(stack, "token", { sensitive: true });
    new ArmsteadProvider(stack, "mine", { endpoint: endpoint.stringValue, authToken });
    add(stack, "a", { endpoint: endpoint.stringValue });
  });

  expect(provider.armstead).toEqual([{ auth_token: "${var.token}", endpoint: "${var.endpoint}" }]);
  expect(resource.armstead_device?.a_w?.provider).toBe("armstead");
});

test.each<[string, (stack: TerraformStack) => void]>([
  [
    "another endpoint",
    (stack) => {
      const provider = new ArmsteadProvider(stack, "mine", { endpoint: API });
      add(stack, "a", { provider, endpoint: "https://other.example" });
    },
  ],
  [
    "no endpoint",
    (stack) => {
      add(stack, "a", { provider: new ArmsteadProvider(stack, "mine") });
    },
  ],
  [
    "another stack",
    (stack) => {
      const elsewhere = new TerraformStack(Testing.app(), "elsewhere");
      add(stack, "a", { provider: new ArmsteadProvider(elsewhere, "mine", { endpoint: API }) });
    },
  ],
])("a provider of %s is refused", (_, build) => {
  expect(faultsOf(() => synth(build))).toMatchObject([{ code: "AS1606", path: "substrate.metal" }]);
});

test("a provider that has its endpoint from the environment goes with a substrate that names it", () => {
  const { resource } = synth((stack) => {
    add(stack, "a", { provider: new ArmsteadProvider(stack, "mine"), endpoint: API });
  });

  expect(resource.armstead_device?.a_w?.provider).toBe("armstead");
});
