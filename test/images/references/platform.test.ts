import { isArm64, normalisePlatform, type Platform } from "../../../images/references/platform";

test.each<[Platform, string]>([
  [{ os: "linux", architecture: "aarch64" }, "linux/arm64"],
  [{ os: "Linux", architecture: "ARM64", variant: "v8" }, "linux/arm64"],
  [{ os: "linux", architecture: "arm64", variant: "8" }, "linux/arm64"],
  [{ os: "linux", architecture: "arm64", variant: "v8.2" }, "linux/arm64/v8.2"],
  [{ os: "linux", architecture: "arm64", variant: "v9" }, "linux/arm64/v9"],
  [{ os: "linux", architecture: "x86_64" }, "linux/amd64"],
  [{ os: "linux", architecture: "x86-64", variant: "v1" }, "linux/amd64"],
  [{ os: "linux", architecture: "i386" }, "linux/386"],
  [{ os: "linux", architecture: "armhf" }, "linux/arm/v7"],
  [{ os: "linux", architecture: "armel" }, "linux/arm/v6"],
  [{ os: "linux", architecture: "arm" }, "linux/arm/v7"],
  [{ os: "linux", architecture: "arm", variant: "8" }, "linux/arm/v8"],
  [{ os: "linux", architecture: "constructor" }, "linux/constructor"],
])("normalisePlatform(%j) is %s", (given, expected) => {
  const { os, architecture, variant } = normalisePlatform(given);

  expect([os, architecture, variant].filter((it) => it !== undefined).join("/")).toBe(expected);
});

test.each<[Platform, boolean]>([
  [{ os: "linux", architecture: "arm64" }, true],
  [{ os: "linux", architecture: "aarch64", variant: "v8" }, true],
  [{ os: "linux", architecture: "arm64", variant: "v9" }, false],
  [{ os: "linux", architecture: "arm", variant: "v8" }, false],
  [{ os: "linux", architecture: "arm", variant: "v7" }, false],
  [{ os: "windows", architecture: "arm64" }, false],
  [{ os: "unknown", architecture: "unknown" }, false],
  [{ os: "linux", architecture: "amd64" }, false],
])("isArm64(%j) is %s", (given, expected) => {
  expect(isArm64(given)).toBe(expected);
});
