/** Rules of profiles and groups, each with what it accepts and what it rejects. */
import type { BootFiles, BootGroup, BootProfile } from "../../../images/netboot/boot-files";
import { checkBootFiles } from "../../../images/netboot/check";

const profile = (more: Partial<BootProfile> = {}): BootProfile => ({
  id: "flatcar",
  boot: { kernel: "/assets/vmlinuz", initrd: ["/assets/cpio.gz"], args: ["initrd=cpio.gz"] },
  ...more,
});
const group = (more: Partial<BootGroup> = {}): BootGroup => ({
  id: "all",
  profile: "flatcar",
  selector: {},
  ...more,
});
const files = (profiles: readonly BootProfile[], groups: readonly BootGroup[]): BootFiles => ({
  profiles,
  groups,
});
const boot = (initrd: readonly string[], ...args: readonly string[]): BootFiles =>
  files([profile({ boot: { kernel: "/k", initrd, args } })], [group()]);

const rules: readonly {
  readonly rule: string;
  readonly accepts: BootFiles;
  readonly rejects: BootFiles;
  readonly faults: readonly string[];
}[] = [
  {
    rule: "ids are names of files",
    accepts: files([profile()], [group({ id: "node-1.a_b" })]),
    rejects: files([profile()], [group({ id: "../etc" }), group({ id: "", selector: { a: "b" } })]),
    faults: ["AS1540 groups[0].id", "AS1540 groups[1].id"],
  },
  {
    rule: "ids are used once; a group may be called as a profile is",
    accepts: files([profile()], [group({ id: "flatcar" })]),
    rejects: files([profile(), profile()], [group()]),
    faults: ["AS1541 profiles[1].id"],
  },
  {
    rule: "groups boot by profiles that exist",
    accepts: files([profile()], [group()]),
    rejects: files([profile()], [group({ profile: "fedora" })]),
    faults: ["AS1542 groups[0].profile"],
  },
  {
    rule: "selectors' MAC addresses are well",
    accepts: files([profile()], [group({ selector: { mac: "52-54-00-AB-CD-EF" } })]),
    rejects: files([profile()], [group({ selector: { mac: "52:54:00" } })]),
    faults: ["AS1543 groups[0].selector.mac"],
  },
  {
    rule: "at most one group matches every machine",
    accepts: files([profile()], [group(), group({ id: "one", selector: { os: "installed" } })]),
    rejects: files([profile()], [group(), group({ id: "other" })]),
    faults: ["AS1544 groups[1].selector"],
  },
  {
    rule: "no two groups select the same machines, in whatever spelling",
    accepts: files(
      [profile()],
      [
        group({ selector: { mac: "52:54:00:00:00:01" } }),
        group({ id: "b", selector: { mac: "52:54:00:00:00:02" } }),
      ],
    ),
    rejects: files(
      [profile()],
      [
        group({ selector: { mac: "52:54:00:00:00:01" } }),
        group({ id: "b", selector: { mac: "52-54-00-00-00-01" } }),
      ],
    ),
    faults: ["AS1544 groups[1].selector"],
  },
  {
    rule: "metadata leave the server's key alone",
    accepts: files([profile()], [group({ metadata: { nested: { request: "x" } } })]),
    rejects: files([profile()], [group({ metadata: { request: "x" } })]),
    faults: ["AS1544 groups[0].metadata.request"],
  },
  {
    rule: "metadata have no line breaks",
    accepts: files([profile()], [group({ metadata: { keys: ["a\nb"] } })]),
    rejects: files([profile()], [group({ metadata: { etcd: { name: "a\nROLE=admin" } } })]),
    faults: ["AS1547 groups[0].metadata"],
  },
  {
    rule: "profiles have a kernel",
    accepts: boot([]),
    rejects: files([profile({ boot: { kernel: "", initrd: [], args: [] } })], [group()]),
    faults: ["AS1545 profiles[0].boot.kernel"],
  },
  {
    rule: "arguments stay on their line",
    accepts: boot([], "console=ttyAMA0"),
    rejects: boot([], "quiet\nboot http://elsewhere"),
    faults: ["AS1545 profiles[0].boot"],
  },
  {
    rule: "the kernel is told of its ramdisk by the last part of its path",
    accepts: boot(["http://a.example/x/cpio.gz?b=c"], "initrd=cpio.gz"),
    rejects: boot(["http://a.example/x/cpio.gz"], "root=/dev/ram0"),
    faults: ["AS1546 profiles[0].boot.args"],
  },
  {
    rule: "the kernel is told of its ramdisk by its name",
    accepts: boot(["--name main http://a.example/cpio.gz"], "initrd=main"),
    rejects: boot(["--name main http://a.example/cpio.gz"], "initrd=cpio.gz"),
    faults: ["AS1546 profiles[0].boot.args"],
  },
];

test.each(rules)("checkBootFiles(): $rule", ({ accepts, rejects, faults }) => {
  expect(checkBootFiles(accepts)).toEqual([]);
  expect(checkBootFiles(rejects).map(({ code, path }) => `${code} ${path}`)).toEqual(faults);
});

test("checkBootFiles() of nothing finds nothing", () => {
  expect(checkBootFiles(files([], []))).toEqual([]);
});
