/** Names, places and settings of Flatcar for ARM64. */
import { flatcarFolder, flatcarUrl } from "../../../images/flatcar/channels";
import { FROM_COREOS } from "../../../images/flatcar/from-coreos";
import { FLATCAR } from "../../../images/flatcar/family";
import { FLATCAR_ARGUMENTS, fromCoreosArgument } from "../../../images/flatcar/kernel-arguments";
import { updateConf } from "../../../images/flatcar/update-conf";
import { flatcarBoot } from "../../../images/netboot/boot-args";

test("files are those of the board for ARM64", () => {
  expect(flatcarUrl("kernel", "stable", "3815.2.0")).toBe(
    "https://stable.release.flatcar-linux.net/arm64-usr/3815.2.0/flatcar_production_pxe.vmlinuz",
  );
  expect(flatcarFolder("lts")).toBe("https://lts.release.flatcar-linux.net/arm64-usr/current");
  expect(flatcarFolder("beta", "current", "amd64")).toContain("/amd64-usr/");
});

test("kernel and ramdisk of a channel are what the boot entry loads", () => {
  const boot = flatcarBoot({ assets: flatcarFolder("stable"), ignition: "http://b.example/i" });

  expect(boot.kernel).toBe(flatcarUrl("kernel", "stable"));
  expect(boot.initrd).toEqual([flatcarUrl("initrd", "stable")]);
});

test.each([
  ["coreos.first_boot=1", "flatcar.first_boot=1"],
  ["coreos.config.url=http://a.example", "flatcar.config.url=http://a.example"],
  ["coreos.autologin", "flatcar.autologin"],
  ["coreos.inst.install_dev=/dev/sda", "coreos.inst.install_dev=/dev/sda"],
  ["console=ttyAMA0", "console=ttyAMA0"],
])("%s becomes %s", (from, to) => {
  expect(fromCoreosArgument(from)).toBe(to);
});

test("every argument that moved is one that Flatcar reads", () => {
  const moved = FROM_COREOS.filter(({ from }) => from.startsWith("coreos."));

  expect(moved.map(({ to }) => to)).toEqual(expect.arrayContaining(Object.keys(FLATCAR_ARGUMENTS)));
  for (const { from, to } of moved) expect(fromCoreosArgument(from)).toBe(to);
});

test("what is gone says what to do instead", () => {
  for (const { from, to, note } of FROM_COREOS) {
    expect({ from, told: to ?? note }).toEqual({ from, told: expect.any(String) as string });
  }
});

test.each([
  [{}, ""],
  [{ group: "stable", reboot: "off" }, "GROUP=stable\nREBOOT_STRATEGY=off\n"],
  [{ server: "http://u.example/v1/update/" }, "SERVER=http://u.example/v1/update/\n"],
  [{ server: "http://u.example/v1/update/", enabled: false }, "SERVER=disabled\n"],
] as const)("update.conf of %j", (settings, text) => {
  expect(updateConf(settings)).toBe(text);
});

test("the family has one release a channel, stable first, and no realtime kernel", () => {
  expect(FLATCAR.releases.map(({ release }) => release)).toEqual([
    "stable",
    "lts",
    "beta",
    "alpha",
  ]);
  expect(FLATCAR.releases.every(({ kernels }) => kernels.realtime === undefined)).toBe(true);
});
