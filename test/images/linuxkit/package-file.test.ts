/** Files of LinuxKit packages: what is accepted with which defaults, and what is refused where. */
import type { Fault } from "../../../core/faults";
import { loadPackage } from "../../../images/linuxkit/package-file";
import { faultsOf } from "../../support/faults-of";

test("a package needs no more than its image", () => {
  expect(loadPackage("build.yml", "image: getty\n")).toEqual({
    image: "getty",
    org: "linuxkit",
    tag: "{{.Hash}}",
    dockerfile: "Dockerfile",
    arches: ["amd64", "arm64", "riscv64"],
    "extra-sources": [],
    gitrepo: "https://github.com/linuxkit/linuxkit",
    network: false,
    "disable-cache": false,
  });
});

test.each([
  ["arches: [arm64]"],
  ["extra-sources: [../common:/common]"],
  ["network: true\nbuildArgs: [A=1]"],
  ["config: { binds: [/dev:/dev], capabilities: [all], runtime: { mkdir: [/x] } }"],
  ["depends: { docker-images: { target: images.tar, list: [a] } }"],
  ["depends: { docker-images: { target-dir: images, from-file: list } }"],
])("accepted: %s", (more) => {
  expect(loadPackage("build.yml", `image: a\n${more}\n`).image).toBe("a");
});

test("an unquoted mode of a device is read as it stands there, unlike in image files", () => {
  const text = "image: a\nconfig: { devices: [{ path: /dev/kmsg, type: c, mode: 0666 }] }\n";

  expect(loadPackage("build.yml", text).config?.devices?.[0]?.mode).toBe("666");
});

test.each([
  ["org: linuxkit", ["1:1 AS1204"]],
  ["image: ''", ["1:8 AS1208"]],
  ["image: a\narches: [amd64]", ["2:9 AS1780"]],
  ["image: a\narchs: [arm64]", ["2:1 AS1206"]],
  ["image: a\nnetwork: 'yes'", ["2:10 AS1205"]],
  ["image: a\nextra-sources: [../common]", ["2:17 AS1209"]],
  ["image: a\nconfig: { name: a }", ["2:11 AS1206"]],
  ["image: a\nconfig: { runtime: { interface: [] } }", ["2:22 AS1206"]],
  ["image: a\ndepends: { images: {} }", ["2:12 AS1206"]],
  [
    "image: a\ndepends: { docker-images: { target: a, target-dir: b, list: [x], from-file: c } }",
    ["2:29 AS1781", "2:55 AS1781"],
  ],
  ["image: [", ["2:1 AS1201"]],
  ["", ["1:1 AS1204"]],
])("refused: %j", (text, expected) => {
  const say = ({ position, code }: Fault) => `${position?.line}:${position?.column} ${code}`;

  expect(faultsOf(() => loadPackage("build.yml", `${text}\n`)).map(say)).toEqual(expected);
});
