import { arm64IpxeScript } from "../../../images/linuxkit/netboot";
import { ARM64_FORMATS, checkFormats } from "../../../images/linuxkit/formats";
import { OUTPUT_FORMATS } from "../../../images/linuxkit/tables/formats";
import { faultsOf } from "../../support/faults-of";

test("arm64IpxeScript() names the initial ramdisk, and makes it the root", () => {
  const script = arm64IpxeScript({
    url: "http://boot.example:8080/edge",
    cmdline: "console=ttyAMA0 quiet",
  });

  expect(script.split("\n")).toEqual([
    "#!ipxe",
    "dhcp",
    "set base-url http://boot.example:8080/edge",
    "set kernel-params ip=dhcp nomodeset ro console=ttyAMA0 quiet",
    "initrd --name initrd ${base-url}-initrd.img",
    "kernel ${base-url}-kernel initrd=initrd root=/dev/ram0 ${kernel-params}",
    "boot",
    "",
  ]);
});

test.each([
  ["", "ro console=ttyAMA0\n"],
  ["quiet", "ro console=ttyAMA0 quiet\n"],
  ["console=ttyS0", "ro console=ttyS0\n"],
])("arm64IpxeScript() gives %j a console only when it has none", (cmdline, end) => {
  const script = arm64IpxeScript({ url: "http://a/b", cmdline });

  expect(script).toContain(end);
});

test.each([
  { url: "ftp://a/b", cmdline: "" },
  { url: "http://a/b/", cmdline: "" },
  { url: "http://a/${b}", cmdline: "" },
  { url: "http://a/b", cmdline: "a\nshell" },
  { url: "http://a/b", cmdline: "a ${net0/mac}" },
  { url: "http://a/b", cmdline: "a || shell" },
])("arm64IpxeScript() refuses what iPXE would read otherwise: %j", (image) => {
  expect(faultsOf(() => arm64IpxeScript(image)).map(({ code }) => code)).toEqual(["AS1209"]);
});

test("checkFormats() accepts every format that arm64 machines boot, and no other", () => {
  const refused = OUTPUT_FORMATS.map(({ name }) => name).filter(
    (it) => checkFormats([it]).length > 0,
  );

  expect(refused).toEqual([
    "iso-bios",
    "raw-bios",
    "qcow2-bios",
    "aws",
    "gcp",
    "vhd",
    "dynamic-vhd",
    "vmdk",
  ]);
  expect([...ARM64_FORMATS, ...refused]).toHaveLength(OUTPUT_FORMATS.length);
});

test.each([
  [["kernel+initrd", "raw-efi"], []],
  [["iso-efi", "aws"], ["AS1778"]],
  [["qcow2"], ["AS1207"]],
  [["tar"], []],
  [["tar", "iso-efi"], ["AS1778"]],
])("checkFormats(%j) finds %j", (names, codes) => {
  expect(checkFormats(names).map(({ code }) => code)).toEqual(codes);
});
