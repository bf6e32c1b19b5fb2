/** Several files make one image, as `linuxkit build a.yml b.yml` has it. */
import * as fc from "fast-check";
import { loadLinuxkit } from "../../../images/linuxkit/load";
import { mergeLinuxkit } from "../../../images/linuxkit/merge";
import type { LinuxkitFile } from "../../../images/linuxkit/schema/linuxkit-file";
import { judge } from "./judge";

const HASH = "0123456789abcdef0123456789abcdef01234567";
/** An image for x86, and what makes an arm64 one of it: after upstream's files for one metal cloud. */
const X86 = `# whole
kernel:
  image: linuxkit/kernel:6.12.59-${HASH}
  cmdline: console=ttyS1
  ucode: intel-ucode.cpio
init: [linuxkit/init:${HASH}]
onboot:
  - { name: dhcpcd, image: "linuxkit/dhcpcd:${HASH}" }
`;
const ARM64 = `kernel:
  cmdline: console=ttyAMA0
  ucode: ""
onboot:
  - { name: modprobe, image: "linuxkit/modprobe:${HASH}", command: [modprobe, nicvf] }
`;
const text = (name: string, of: string) => ({ name, text: of });

test("a file for arm64 takes the microcode of the one for x86 back", () => {
  expect(judge(X86)).toContain("5:10 error AS1774 kernel");
  expect(judge(X86, ARM64)).toEqual(["0.yml:3:10 warning AS1751 kernel"]);
});

test("lists stand one behind the other, in the order of the files", () => {
  const { image } = loadLinuxkit([text("a", X86), text("b", ARM64)]);
  const { image: other } = loadLinuxkit([text("b", ARM64), text("a", X86.replace(/ucode.*/, ""))]);

  expect(image.onboot?.map(({ name }) => name)).toEqual(["dhcpcd", "modprobe"]);
  expect(other.onboot?.map(({ name }) => name)).toEqual(["modprobe", "dhcpcd"]);
});

test("of the kernel what was said last wins, and what is empty says nothing but for tar and ucode", () => {
  const first: LinuxkitFile = { kernel: { image: "a", cmdline: "b", tar: "c", ucode: "d" } };

  expect(
    mergeLinuxkit([first, { kernel: { image: "", cmdline: "", tar: "", ucode: "" } }]),
  ).toEqual({ kernel: { image: "a", cmdline: "b", tar: "", ucode: "" } });
});

test("faults between files are told of the file that has to change", () => {
  const service = (name: string) => `services: [{ name: ${name}, image: "linuxkit/a:${HASH}" }]`;

  expect(judge(service("a"), service("a"))).toEqual(['1.yml:1:20 error AS1753 service "a"']);
  expect(judge("volumes: [{ name: v }]", "volumes: [{ name: v }]")).toEqual([
    '1.yml:1:19 error AS1755 volume "v"',
  ]);
});

test("a volume of an earlier file is known: upstream forgets it when it merges by itself", () => {
  const bind = `services: [{ name: a, image: "linuxkit/a:${HASH}", binds: ["v:/v"] }]`;

  expect(judge("volumes: [{ name: v }]", bind)).toEqual([]);
  expect(judge(bind)).toHaveLength(1);
});

const anyFile: fc.Arbitrary<LinuxkitFile> = fc.record(
  {
    kernel: fc.record({ cmdline: fc.string(), ucode: fc.string() }, { requiredKeys: [] }),
    init: fc.array(fc.string()),
    files: fc.array(fc.record({ path: fc.string(), contents: fc.string() })),
  },
  { requiredKeys: [] },
);

test("merging is associative, and the empty file changes nothing", () => {
  fc.assert(
    fc.property(anyFile, anyFile, anyFile, (a, b, c) => {
      const whole = mergeLinuxkit([a, b, c]);

      expect(mergeLinuxkit([mergeLinuxkit([a, b]), c])).toEqual(whole);
      expect(mergeLinuxkit([a, mergeLinuxkit([b, c])])).toEqual(whole);
      expect(mergeLinuxkit([{}, whole, {}])).toEqual(whole);
    }),
  );
});
