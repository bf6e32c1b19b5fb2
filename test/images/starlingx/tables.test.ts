/** The tables of StarlingX agree with each other, and with the totals of their source. */
import { ARM64_DEFAULTS } from "../../../images/references/arm64-defaults";
import { STARLINGX_CONTAINER_IMAGES } from "../../../images/starlingx/container-images";
import { DRIVERS } from "../../../images/starlingx/drivers";
import { STARLINGX_DROPS, VERIFICATIONS } from "../../../images/starlingx/drops";
import { STARLINGX } from "../../../images/starlingx/family";
import { TESTED_SERVERS } from "../../../images/starlingx/hardware";
import { INSTALLER_MENU, tryInstallerEntry } from "../../../images/starlingx/limits";
import { PACKAGE_TOTALS, PORTED_PACKAGES } from "../../../images/starlingx/packages";

test("the table of packages has 80 rows, up to 82, and comes to its totals", () => {
  const count = (kernel: string, status: string): number =>
    PORTED_PACKAGES.filter((it) => it.kernel === kernel && it.status === status).length;
  const rows = PORTED_PACKAGES.map(({ row }) => row);
  const missing = Array.from({ length: 82 }, (_, n) => n + 1).filter((it) => !rows.includes(it));

  expect(new Set(rows).size).toBe(80);
  expect(missing).toEqual([30, 45]);
  expect({
    std: { fixed: count("std", "fixed"), removed: count("std", "removed") },
    rt: { fixed: count("rt", "fixed"), removed: count("rt", "removed") },
  }).toEqual(PACKAGE_TOTALS);
});

test("packages that waited for others come after rows that exist and are fixed", () => {
  const fixed = PORTED_PACKAGES.filter(({ status }) => status === "fixed").map(({ row }) => row);

  for (const { after = [] } of PORTED_PACKAGES)
    expect(fixed).toEqual(expect.arrayContaining([...after]));
});

test("a driver is packaged when its rows of both kernels are fixed", () => {
  for (const { package: name, isPackaged } of DRIVERS) {
    const statuses = PORTED_PACKAGES.filter((it) => it.name === name).map(({ status }) => status);

    expect([name, statuses]).toEqual([name, Array(2).fill(isPackaged ? "fixed" : "removed")]);
  }
  expect(DRIVERS).toHaveLength(12);
});

test("container images come to the totals of the source", () => {
  const count = (isUsed: boolean, arm64?: string): number =>
    STARLINGX_CONTAINER_IMAGES.filter(
      (it) => it.isUsed === isUsed && (arm64 === undefined || it.arm64 === arm64),
    ).length;

  expect([count(true), count(true, "yes"), count(false), count(false, "yes")]).toEqual([
    20, 16, 10, 3,
  ]);
});

test("every replacement of a container image is what rewrites give", () => {
  const replaced = STARLINGX_CONTAINER_IMAGES.flatMap(({ image, replacement }) =>
    replacement === undefined ? [] : [{ from: image, to: replacement }],
  );

  expect(replaced).toHaveLength(6);
  expect(ARM64_DEFAULTS).toEqual(expect.arrayContaining(replaced));
});

test("what was verified: no low-latency kernel on Standard, no bare metal for distributed cloud", () => {
  expect(VERIFICATIONS).toHaveLength(11);
  const pairs = VERIFICATIONS.map(
    ({ configuration, kernel }) => `${configuration} ${kernel ?? "?"}`,
  );
  expect(pairs).toEqual(expect.arrayContaining(["aio-sx rt", "distributed-cloud rt"]));
  expect(pairs.filter((it) => /^standard-.* rt$/.test(it))).toEqual([]);
  const virtual = VERIFICATIONS.filter(({ onBareMetal }) => !onBareMetal);
  expect(virtual.map(({ configuration }) => configuration)).toEqual([
    ...["standard-controller-storage", "standard-dedicated-storage"],
    ...["distributed-cloud", "distributed-cloud"],
  ]);
});

test("the installer's menu has no Standard with the low-latency kernel", () => {
  const entry = { systemType: "All-in-one", kernel: "lowlatency", console: "serial" } as const;

  expect(tryInstallerEntry(entry)?.number).toBe(4);
  expect(tryInstallerEntry({ ...entry, systemType: "Standard" })).toBeUndefined();
  expect(INSTALLER_MENU.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("the family has a release for each drop, a real-time kernel in the last alone, and something for the lab", () => {
  const kernels = STARLINGX.releases.map((it) => [it.release, Object.keys(it.kernels)]);

  expect(kernels).toEqual([
    ["4", ["standard", "realtime"]],
    ["3", ["standard"]],
    ["2", ["standard"]],
    ["1", ["standard"]],
  ]);
  expect(STARLINGX.releases[0].kernels.realtime).toEqual({
    from: "package linux-rt",
    operatingSystem: "starlingx_4_rt",
    labOnly: true,
  });
  expect(STARLINGX_DROPS).toHaveLength(4);
  expect(STARLINGX.lacks.map(({ what }) => what)).toContain("package qemu (std)");
  expect(TESTED_SERVERS.map((it) => it.processor.cores)).toEqual([80, 80]);
});
