import { prepareApt, publish } from "../../../support/debian-packages";
import { startBench, type ModuleBench } from "../../../support/module-run";

// Whole hosts are started, on a machine that other tests share.
jest.setTimeout(60_000);

const ONCE = [true, true, false];

/** Stand-ins that keep names in a folder: apk and dnf cannot be had on the machines that run tests. */
const APK = `#!/bin/sh
verb=$1; shift
case $verb in
info) [ -e "/pkg/$2" ] ;;
version) [ ! -e "/pkg/$3" ] || [ "$(cat "/pkg/$3")" = 2 ] || echo "$3-1 < 2" ;;
add) [ "$1" = --upgrade ] && shift; for it; do [ "$it" != nope ] || { echo "nope: no such package" >&2; exit 1; }; echo 2 > "/pkg/$it"; done ;;
del) shift; for it; do rm "/pkg/$it"; done ;;
esac`;
const DNF = `#!/bin/sh
case "$*" in
*check-update*) shift 3; [ "$(cat "/pkg/$1")" = 2 ] || exit 100 ;;
"-y install"*) shift 3; for it; do [ -e "/pkg/$it" ] || echo 2 > "/pkg/$it"; done ;;
"-y upgrade"*) shift 3; for it; do echo 2 > "/pkg/$it"; done ;;
"-y remove"*) shift 3; for it; do rm "/pkg/$it"; done ;;
esac`;
const RPM = `#!/bin/sh
for it; do :; done
[ -e "/pkg/$it" ]`;

// busybox' shell runs its own rpm whatever lies in the path, so dnf's host has another one.
test.each([
  ["apk", "busybox", { apk: APK }],
  ["dnf", "debian", { dnf: DNF, rpm: RPM }],
] as const)("package drives %s", async (use, flavour, programs) => {
  const bench = await startBench(flavour);
  try {
    await bench.shell("mkdir /pkg; echo 1 > /pkg/old");
    if (flavour === "debian") {
      await bench.shell("cp -a /usr/sbin /run/sbin; mount --bind /run/sbin /usr/sbin");
    }
    for (const [name, content] of Object.entries(programs)) {
      await bench.run("copy", { dest: `/usr/sbin/${name}`, content, mode: "0755" });
    }
    expect(await bench.thrice("package", { name: ["a", "b"], state: "present", use })).toEqual(
      ONCE,
    );
    expect(await bench.thrice("package", { name: "old", state: "installed", use })).toEqual([
      ...[false, false, false],
    ]);
    expect(await bench.thrice("package", { name: "old,c", state: "latest", use })).toEqual(ONCE);
    expect(await bench.thrice("package", { name: "a", state: "absent", use })).toEqual(ONCE);
    expect(await bench.shell("ls /pkg; cat /pkg/old")).toBe("b\nc\nold\n2\n");
    expect(
      await bench.run("package", { name: "$(touch /bad)", state: "present", use }),
    ).toMatchObject({ failed: true, message: "No package matching '$(touch /bad)' is available" });
  } finally {
    await bench.stop();
  }
});

describe("package", () => {
  let bench: ModuleBench;

  afterEach(() => bench.stop());

  test("is apt where apt is", async () => {
    bench = await startBench("debian");
    await prepareApt(bench);
    await publish(bench, [{ name: "hello", version: "1.0" }]);
    await bench.run("apt", { update_cache: true });

    expect(await bench.thrice("package", { name: "hello", state: "present" })).toEqual(ONCE);
    expect(await bench.shell("cat /opt/hello/version")).toBe("1.0\n");
    expect(await bench.thrice("package", { name: "hello", state: "removed" })).toEqual(ONCE);
  });

  test("says so where nothing is", async () => {
    bench = await startBench("busybox");

    expect(await bench.run("package", { name: "hello", state: "present" })).toMatchObject({
      failed: true,
      message: "the host has none of apt-get, apk, dnf and yum, so packages cannot be managed",
    });
  });
});
