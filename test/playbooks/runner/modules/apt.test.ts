import { forgetPackages, prepareApt, publish } from "../../../support/debian-packages";
import { startBench, type ModuleBench } from "../../../support/module-run";

// A whole host is started, on a machine that other tests share.
jest.setTimeout(60_000);

const ONCE = [true, true, false];
const NEVER = [false, false, false];

let bench: ModuleBench;

beforeAll(async () => {
  bench = await startBench("debian");
  await prepareApt(bench);
  await publish(bench, [
    { name: "hello", version: "1.0" },
    { name: "hello", version: "1.5" },
    { name: "hello", version: "2.0" },
    { name: "needs", version: "1.0", fields: "Depends: hello\nRecommends: extra" },
    { name: "extra", version: "1.0", fields: "Provides: more" },
    { name: "serves", version: "1.0", postinst: "cat /usr/sbin/policy-rc.d > /opt/policy" },
    { name: "slow", version: "1.0", postinst: "touch /opt/began; sleep 2" },
  ]);
  await bench.run("apt", { update_cache: true });
});

beforeEach(() => forgetPackages(bench));

afterAll(() => bench.stop());

const installed = () =>
  bench.shell("dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\\n' | sort");

test("apt installs the newest version, once, and tells what changes", async () => {
  const args = { name: "hello" };
  const check = await bench.run("apt", args, { check: true });
  const first = await bench.run("apt", args);

  expect(check).toMatchObject({ changed: true, diff: expect.stringContaining("hello") as string });
  expect(first).toMatchObject({
    changed: true,
    values: { cache_updated: false, stdout: expect.stringContaining("Setting up hello") as string },
    diff: expect.stringContaining(
      "The following NEW packages will be installed:\n  hello",
    ) as string,
  });
  expect(await bench.run("apt", args)).toMatchObject({ changed: false });
  expect(await installed()).toBe("hello 2.0 installed\n");
});

test("apt installs an exact version, and goes up from it only when told so", async () => {
  expect(await bench.thrice("apt", { name: "hello=1.0" })).toEqual(ONCE);
  expect(await bench.thrice("apt", { name: "hello" })).toEqual(NEVER);
  expect(await bench.thrice("apt", { name: "hello>=1.0" })).toEqual(NEVER);
  expect(await bench.thrice("apt", { name: "hello>=1.2" })).toEqual(ONCE);
  expect(await installed()).toBe("hello 2.0 installed\n");
});

test("apt follows a pattern of versions, and goes down only when that is allowed", async () => {
  await bench.run("apt", { name: "hello" });

  const down = await bench.run("apt", { name: "hello=1.*" });
  expect(down).toMatchObject({ changed: false, failed: true });
  expect(down.message).toContain("downgraded");
  expect(await bench.thrice("apt", { name: "hello=1.*", allow_downgrade: true })).toEqual(ONCE);
  expect(await installed()).toBe("hello 1.5 installed\n");
  expect(await bench.thrice("apt", { name: "hello", state: "latest" })).toEqual(ONCE);
});

test("apt installs what is recommended unless told otherwise", async () => {
  expect(await bench.thrice("apt", { name: ["needs"], install_recommends: false })).toEqual(ONCE);
  expect(await installed()).toBe("hello 2.0 installed\nneeds 1.0 installed\n");
  await bench.run("apt", { name: "needs", state: "absent" });
  await bench.run("apt", { name: "needs" });
  expect(await installed()).toContain("extra 1.0 installed");
});

test("apt takes a package that another one provides as there", async () => {
  expect(await bench.thrice("apt", { name: "more" })).toEqual(ONCE);
  expect(await installed()).toBe("extra 1.0 installed\n");
});

test("apt removes with settings only when told so, and what nobody needs any more", async () => {
  await bench.run("apt", { name: "needs" });

  expect(await bench.thrice("apt", { name: "needs", state: "absent" })).toEqual(ONCE);
  expect(await installed()).toContain("needs 1.0 config-files");
  expect(await bench.thrice("apt", { name: "needs", state: "absent", purge: true })).toEqual(ONCE);
  expect(await bench.thrice("apt", { autoremove: true, purge: true })).toEqual(ONCE);
  expect(await installed()).toBe("");
  expect(await bench.thrice("apt", { name: "never-heard-of", state: "absent" })).toEqual(NEVER);
});

test("apt marks what it is asked for as wanted for itself", async () => {
  await bench.run("apt", { name: "needs" });
  expect(await bench.thrice("apt", { name: "hello" })).toEqual(NEVER);

  await bench.run("apt", { name: "needs", state: "absent", autoremove: true });

  expect(await installed()).toContain("hello 2.0 installed");
});

test("apt upgrades what is there, and with only_upgrade nothing else", async () => {
  await bench.run("apt", { name: "hello=1.0" });

  expect(
    await bench.thrice("apt", { name: ["hello", "extra"], state: "latest", only_upgrade: true }),
  ).toEqual(ONCE);
  expect(await installed()).toBe("hello 2.0 installed\n");
  await bench.run("apt", { name: "hello=1.0", allow_downgrade: true });
  expect(await bench.thrice("apt", { upgrade: true })).toEqual(ONCE);
  await bench.run("apt", { name: "hello=1.0", allow_downgrade: true });
  expect(await bench.thrice("apt", { name: "*", state: "latest" })).toEqual(ONCE);
});

test("apt installs a file with what it depends on, and no older one", async () => {
  await bench.shell("mkdir '/opt/a b'; cp /repo/needs_1.0_all.deb '/opt/a b/needs'");

  expect(await bench.thrice("apt", { deb: "/opt/a b/needs" })).toEqual(ONCE);
  expect(await bench.run("apt", { deb: "/repo/hello_1.0_all.deb" })).toMatchObject({
    failed: true,
    message: "A later version is already installed",
  });
  expect(await bench.run("apt", { deb: "/repo/nope.deb" })).toMatchObject({
    failed: true,
    message: "Unable to install package: no such file: /repo/nope.deb",
  });
  expect(await bench.shell("ls /tmp")).toBe("");
});

test("apt downloads a file", async () => {
  await bench.shell("busybox httpd -p 127.0.0.1:8000 -h /repo");

  const deb = "http://127.0.0.1:8000/hello_1.5_all.deb";
  expect(await bench.thrice("apt", { deb })).toEqual(ONCE);
  expect(await installed()).toBe("hello 1.5 installed\n");
});

test("apt names what is not there", async () => {
  const messageOf = async (name: string) => (await bench.run("apt", { name })).message;

  expect(await messageOf("nope")).toBe("No package matching 'nope' is available");
  expect(await messageOf("hello=9.9")).toBe("no available installation candidate for hello=9.9");
  expect(await messageOf("hello=1=2")).toBe("invalid package spec: hello=1=2");
  expect(await messageOf("zz*")).toBe("No package(s) matching 'zz*' available");
  expect(await messageOf("--force-yes")).toBe("No package matching '--force-yes' is available");
  expect(await messageOf("$(touch /opt/bad)")).toContain("No package matching");
  expect(await bench.shell("ls /opt")).toBe("");
});

test("package_facts tells what is installed, and not what was", async () => {
  await bench.run("apt", { name: ["hello=1.5", "extra"] });
  await bench.run("apt", { name: "extra", state: "absent" });

  const { hostFacts } = await bench.run("package_facts", { manager: "auto" }, { check: true });

  expect(hostFacts).toEqual({
    packages: { hello: [expect.objectContaining({ version: "1.5", arch: "all", source: "apt" })] },
  });
});

test("apt takes patterns of names", async () => {
  expect(await bench.thrice("apt", { name: "he?l*" })).toEqual(ONCE);
  expect(await installed()).toBe("hello 2.0 installed\n");
  expect(await bench.thrice("apt", { name: "he[l]*", state: "absent", purge: true })).toEqual(ONCE);
});

test("apt renews the lists when they are too old, and finds what is new in them", async () => {
  await bench.shell("touch -d '2 hours ago' /var/lib/apt/lists");
  await publish(bench, [{ name: "fresh", version: "1.0" }]);

  expect(await bench.run("apt", { name: "fresh" })).toMatchObject({ failed: true });
  const args = { name: "fresh", update_cache: true, cache_valid_time: 3600 };
  expect(await bench.run("apt", args, { check: true })).toMatchObject({ changed: true });
  const first = await bench.run("apt", args);
  expect(first).toMatchObject({ changed: true, values: { cache_updated: true } });
  expect(first.values?.cache_update_time).toBeGreaterThan(1e9);
  expect(await bench.run("apt", args)).toMatchObject({
    changed: false,
    values: { cache_updated: false },
  });
  expect(await bench.thrice("apt", { cache_valid_time: 3600 })).toEqual(NEVER);
});

test("apt says why lists cannot be renewed", async () => {
  await bench.shell("echo 'deb [trusted=yes] file:/gone ./' > /etc/apt/sources.list.d/x.list");
  try {
    const args = { update_cache: true, update_cache_retries: 1 };

    expect(await bench.run("apt", args, { check: true })).toMatchObject({ changed: true });
    const { failed, message } = await bench.run("apt", args);
    expect(failed).toBe(true);
    expect(message).toMatch(/^Failed to update apt cache: .*\/gone/s);
  } finally {
    await bench.shell("rm /etc/apt/sources.list.d/x.list");
  }
});

test("apt keeps services from starting, and leaves the host's own policy", async () => {
  // The programs' folder of this machine is read-only there.
  await bench.shell("cp -a /usr/sbin /run/sbin; mount --bind /run/sbin /usr/sbin");
  await bench.shell("echo '#!/bin/sh' > /usr/sbin/policy-rc.d");

  const { changed } = await bench.run("apt", { name: "serves", policy_rc_d: 101 });

  expect(changed).toBe(true);
  expect(await bench.shell("cat /opt/policy")).toBe("#!/bin/sh\nexit 101\n");
  expect(await bench.shell("cat /usr/sbin/policy-rc.d; ls /tmp")).toBe("#!/bin/sh\n");
  await bench.shell("rm /usr/sbin/policy-rc.d");
  await bench.run("apt", { name: "serves", state: "absent", policy_rc_d: 101 });
  expect(await bench.shell("ls /usr/sbin | grep policy-rc || true")).toBe("");
});

test("apt waits for another one's lock, but not for ever", async () => {
  await bench.shell("(apt-get -y install slow) >/dev/null 2>&1 &");
  await bench.shell("until [ -e /opt/began ]; do sleep 0.1; done");

  const atOnce = await bench.run("apt", { name: "hello", lock_timeout: 0 });
  const later = await bench.run("apt", { name: "hello" });

  expect(atOnce.message).toContain("Could not get lock");
  expect(later).toMatchObject({ changed: true });
});

test("apt clears its cache", async () => {
  expect(await bench.run("apt", { clean: true })).toMatchObject({ changed: true });
  expect(await bench.thrice("apt", { autoclean: true })).toEqual(NEVER);
});
