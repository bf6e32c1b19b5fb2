import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Token } from "cdktf";
import { Device } from "../../constructs/l1/device";
import { ArmsteadProvider } from "../../constructs/l1/provider";
import { mapValues, metadata, PROVIDER_VERSION } from "../../constructs/l1/metadata";
import { version } from "../../package.json";
import { provider } from "../../provider/provider";
import { l1Files } from "../../scripts/l1-files";
import { synth } from "../support/synth";

const folder = path.join(__dirname, "..", "..", "constructs", "l1");
const WRITTEN_BY_HAND = ["metadata.ts"];

test("constructs/l1 is what the provider's schema says (npm run generate)", () => {
  const files = l1Files(provider);

  const present = readdirSync(folder).filter((it) => !WRITTEN_BY_HAND.includes(it));
  expect(present.sort()).toEqual([...files.keys()].sort());
  for (const [name, source] of files) {
    expect(readFileSync(path.join(folder, name), "utf8")).toBe(source);
  }
});

test("a generated class writes attributes in Terraform's spelling and reads them as expressions", () => {
  const { resource } = synth((stack) => {
    new ArmsteadProvider(stack, "armstead", { endpoint: "lab" });
    const device = new Device(stack, "one", {
      hostname: "one",
      projectId: "p",
      plan: "c3",
      metro: "da",
      operatingSystem: "debian_13",
      reinstall: { enabled: true, preserveData: false },
    });
    new Device(stack, "two", {
      hostname: device.accessPublicIpv4,
      projectId: "p",
      plan: "c3",
      metro: "da",
      operatingSystem: "x",
      dependsOn: [device],
    });
  });

  expect(resource.armstead_device?.one).toMatchObject({
    operating_system: "debian_13",
    reinstall: { enabled: true, preserve_data: false },
  });
  expect(resource.armstead_device?.two).toMatchObject({
    hostname: "${armstead_device.one.access_public_ipv4}",
    depends_on: ["armstead_device.one"],
  });
});

test("mapValues() renders items, and leaves expressions as they are", () => {
  const expression = Token.asAny("${x}");
  const render = (it: number): number => it + 1;

  expect(mapValues([1, 2], render)).toEqual([2, 3]);
  expect(mapValues({ "a-B": 1 }, render)).toEqual({ "a-B": 2 });
  expect(mapValues(expression, render)).toBe(expression);
  expect(mapValues(undefined, render)).toBeUndefined();
});

test("the provider has the version of the package", () => {
  expect([PROVIDER_VERSION, metadata.providerVersion]).toEqual([version, version]);
});
