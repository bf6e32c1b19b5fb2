import type { Partially } from "../../../../provider/framework/resource";
import { UNKNOWN } from "../../../../provider/framework/unknown";
import { DEVICE_SCHEMA } from "../../../../provider/resources/device/schema";
import type { DeviceModel } from "../../../../provider/resources/device/model";
import { validateDevice } from "../../../../provider/resources/device/validate";
import { CONFIG } from "../../../support/device-model";

const NONE = Object.fromEntries(Object.keys(DEVICE_SCHEMA).map((name) => [name, null]));

function faultsOf(given: object): string[] {
  const config = { ...NONE, ...CONFIG, ...given } as unknown as Partially<DeviceModel>;
  return validateDevice(config).map(({ code, path }) => `${code} ${path}`);
}

test("validateDevice() has nothing to say of a plain device, or of what is unknown", () => {
  const names = Object.keys(DEVICE_SCHEMA);

  expect(faultsOf({})).toEqual([]);
  expect(faultsOf(Object.fromEntries(names.map((name) => [name, UNKNOWN])))).toEqual([]);
  expect(faultsOf({ tags: ["a", UNKNOWN], host_keys: [UNKNOWN] })).toEqual([]);
});

test("validateDevice() finds all faults at once", () => {
  const given = {
    hostname: "a_b",
    custom_data: "[1]",
    termination_time: "tomorrow",
    tags: ["fine", "armstead-claim:x"],
    ssh_port: 70_000,
    host_keys: ["no key"],
    ipxe_script_url: "http://h",
  };

  expect(faultsOf(given)).toEqual([
    "AS1854 hostname",
    "AS1856 custom_data",
    "AS1864 termination_time",
    "AS1859 tags[1]",
    "AS1853 ssh_port",
    "AS1855 host_keys[0]",
    "AS1857 ipxe_script_url",
  ]);
});

test.each([
  ["neither script", {}, 1],
  ["both scripts", { ipxe_script_url: "http://h", user_data: "#!ipxe\n" }, 1],
  ["a URL", { ipxe_script_url: "http://h", user_data: "#!/bin/sh" }, 0],
  ["a script in user data", { user_data: "#!IPXE\nboot" }, 0],
])("validateDevice() of custom_ipxe with %s", (_, given, faults) => {
  expect(faultsOf({ operating_system: "custom_ipxe", ...given })).toHaveLength(faults);
});

test.each(["{", "null", "1", '"x"', "[]"])("validateDevice() refuses %j as custom data", (text) => {
  expect(faultsOf({ custom_data: text })).toEqual(["AS1856 custom_data"]);
});
