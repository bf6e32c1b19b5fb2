import { startBench, type ModuleBench } from "../../../support/module-run";

// Whole hosts are started, on a machine that other tests share.
jest.setTimeout(60_000);

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG4HJHWCPomh/IX9d4ysOxJcz4lrLRSA/XrQrrnte7tK";
const OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMjQYso2YPd+u3XhVLb1uDdAz+Zh7xIPkFbqDb1nlou0";
const ONCE = [true, true, false];
const NEVER = [false, false, false];

// On minimal nodes there is no useradd: the files themselves are changed.
describe.each(["busybox", "debian"] as const)("on a host with %s", (flavour) => {
  let bench: ModuleBench;

  beforeAll(async () => {
    bench = await startBench(flavour);
  });

  afterAll(() => bench.stop());

  test("user makes an account with its group, home and hash", async () => {
    const args = {
      name: "etcd",
      uid: 1234,
      shell: "/bin/sh",
      comment: "Key store",
      password: "$6$x$y",
    };

    const changes = await bench.thrice("user", args);

    expect(changes).toEqual(ONCE);
    expect(await bench.shell("grep ^etcd: /etc/passwd")).toBe(
      "etcd:x:1234:1234:Key store:/home/etcd:/bin/sh\n",
    );
    expect(await bench.shell("grep ^etcd: /etc/group")).toMatch(/^etcd:\w?:1234:$/m);
    expect(await bench.shell("grep ^etcd: /etc/shadow")).toMatch(/^etcd:\$6\$x\$y:\d+:0:/);
    expect(await bench.shell("stat -c '%U:%G %F' /home/etcd")).toBe("etcd:etcd directory\n");
  });

  test("user changes what differs and leaves the rest", async () => {
    await bench.run("user", { name: "worker", uid: 1300 });

    const changes = await bench.thrice("user", {
      name: "worker",
      shell: "/bin/false",
      groups: "adm,users",
    });

    expect(changes).toEqual(ONCE);
    expect(await bench.shell("grep ^worker: /etc/passwd")).toMatch(
      /^worker:x:1300:1300::\/home\/worker:\/bin\/false$/m,
    );
    expect(await bench.shell("id -nG worker")).toBe("worker adm users\n");
  });

  test("user leaves groups that are not named, unless it appends", async () => {
    await bench.run("user", { name: "member", groups: ["adm"] });

    expect(await bench.thrice("user", { name: "member", groups: ["users"], append: true })).toEqual(
      ONCE,
    );
    expect(await bench.shell("id -nG member")).toBe("member adm users\n");
    expect(await bench.thrice("user", { name: "member", groups: ["users"] })).toEqual(ONCE);
    expect(await bench.shell("id -nG member")).toBe("member users\n");
  });

  test("user gives services low ids and no home when told so", async () => {
    await bench.run("user", { name: "daemond", system: true, create_home: false });

    expect(Number(await bench.shell("id -u daemond"))).toBeLessThan(1000);
    expect(await bench.shell("ls /home")).not.toContain("daemond");
  });

  test("user locks an account and never opens one without a password", async () => {
    await bench.run("user", { name: "locked", password: "$6$a$b" });

    expect(await bench.thrice("user", { name: "locked", password_lock: true })).toEqual(ONCE);
    expect(await bench.shell("grep ^locked: /etc/shadow")).toContain("locked:!$6$a$b:");
    await bench.run("user", { name: "bare" });
    expect(await bench.thrice("user", { name: "bare", password_lock: false })).toEqual(NEVER);
  });

  test("user says how long a password and an account are good", async () => {
    await bench.run("user", { name: "aged", password: "$6$a$b" });
    const args = {
      ...{ name: "aged", expires: 1_893_456_000.5, password_expire_min: 1 },
      ...{ password_expire_max: 90, password_expire_warn: "14" },
    };

    expect(await bench.thrice("user", args)).toEqual(ONCE);
    expect(await bench.shell("grep ^aged: /etc/shadow")).toMatch(/:\d+:1:90:14::21915:$/m);
    expect(await bench.thrice("user", { name: "aged", expires: -1 })).toEqual(ONCE);
    expect(await bench.shell("grep ^aged: /etc/shadow")).toMatch(/:1:90:14:::$/m);
  });

  test("user fills a new home from a folder, moves it, and shares an id only when told so", async () => {
    await bench.shell("mkdir -p /skel; echo hello > /skel/.profile");
    await bench.run("user", { name: "mover", uid: 1700, skeleton: "/skel", umask: "077" });
    expect(await bench.shell("stat -c %a /home/mover; cat /home/mover/.profile")).toBe(
      "700\nhello\n",
    );

    const args = { name: "mover", home: "/srv/mover", move_home: true };
    await bench.shell("mkdir -p /srv");
    expect(await bench.thrice("user", args)).toEqual(ONCE);
    expect(await bench.shell("ls /home | grep mover || true; cat /srv/mover/.profile")).toBe(
      "hello\n",
    );
    const twin = { name: "twin", uid: 1700, create_home: false };
    expect(await bench.run("user", twin)).toMatchObject({ failed: true });
    expect(await bench.thrice("user", { ...twin, non_unique: true })).toEqual(ONCE);
  });

  test("user gives an account the home that it lacks, unless told otherwise", async () => {
    await bench.run("user", { name: "lost" });
    await bench.shell("rm -rf /home/lost");

    expect(await bench.thrice("user", { name: "lost", create_home: false })).toEqual(NEVER);
    expect(await bench.thrice("user", { name: "lost" })).toEqual(ONCE);
    expect(await bench.shell("stat -c %U /home/lost")).toBe("lost\n");
  });

  test("user removes an account with its home", async () => {
    await bench.run("user", { name: "gone", groups: ["users"] });

    const changes = await bench.thrice("user", { name: "gone", state: "absent", remove: true });

    expect(changes).toEqual(ONCE);
    expect(
      await bench.shell("grep -l gone /etc/passwd /etc/group /etc/shadow || true; ls /home"),
    ).not.toContain("gone");
  });

  test("user refuses a group that does not exist and a uid that is taken", async () => {
    const noGroup = await bench.run("user", { name: "x", group: "nope" });
    const taken = await bench.run("user", { name: "x", uid: 0 });

    expect(noGroup).toMatchObject({ failed: true, message: "Group nope does not exist" });
    expect(taken).toMatchObject({ failed: true, message: "uid 0 is taken by root" });
  });

  test("group makes a group, and gives it another id", async () => {
    expect(await bench.thrice("group", { name: "store", gid: 2400 })).toEqual(ONCE);
    expect(await bench.shell("grep ^store: /etc/group")).toMatch(/^store:\w?:2400:$/m);
    expect(await bench.thrice("group", { name: "store", gid: 2401 })).toEqual(ONCE);
    expect(await bench.thrice("group", { name: "store" })).toEqual(NEVER);
    expect(await bench.run("group", { name: "store" })).toMatchObject({
      values: { name: "store", gid: 2401, state: "present", system: false },
    });
  });

  test("group gives services low ids, and shares an id only when told so", async () => {
    await bench.run("group", { name: "daemons", system: true });
    await bench.run("group", { name: "first", gid: 2500 });
    const gid = await bench.shell("grep ^daemons: /etc/group | cut -d: -f3");

    expect(Number(gid)).toBeLessThan(1000);
    expect(await bench.run("group", { name: "second", gid: 2500 })).toMatchObject({
      failed: true,
      message: "GID '2500' already exists with group 'first'",
    });
    expect(await bench.thrice("group", { name: "second", gid: 2500, non_unique: true })).toEqual(
      ONCE,
    );
  });

  test("group keeps members, removes a group, and never one that an account needs", async () => {
    await bench.run("user", { name: "owner" });
    await bench.run("group", { name: "team", gid: 2600 });
    await bench.run("user", { name: "owner", groups: ["team"], append: true });
    await bench.run("group", { name: "team", gid: 2601 });

    expect(await bench.shell("grep ^team: /etc/group")).toMatch(/^team:\w?:2601:owner$/m);
    expect(await bench.thrice("group", { name: "team", state: "absent" })).toEqual(ONCE);
    expect(await bench.thrice("group", { name: "team", state: "absent" })).toEqual(NEVER);
    expect(await bench.run("group", { name: "owner", state: "absent" })).toMatchObject({
      failed: true,
      message: "cannot remove the primary group of user 'owner'",
    });
  });

  test("authorized_key adds a key with the mode and owner that sshd wants", async () => {
    await bench.run("user", { name: "login", uid: 1500 });

    const changes = await bench.thrice("authorized_key", { user: "login", key: `${KEY} me@here` });

    expect(changes).toEqual(ONCE);
    expect(await bench.shell("cat ~login/.ssh/authorized_keys")).toBe(`${KEY} me@here\n`);
    expect(await bench.shell("stat -c '%a %U' ~login/.ssh ~login/.ssh/authorized_keys")).toBe(
      "700 login\n600 login\n",
    );
  });

  test("authorized_key keeps other keys unless it is exclusive", async () => {
    await bench.run("user", { name: "keys" });
    await bench.run("authorized_key", { user: "keys", key: KEY });

    expect(
      await bench.thrice("authorized_key", {
        user: "keys",
        key: OTHER,
        key_options: 'command="ls -l",no-pty',
      }),
    ).toEqual(ONCE);
    expect(await bench.shell("cat ~keys/.ssh/authorized_keys")).toBe(
      `${KEY} \ncommand="ls -l",no-pty ${OTHER} \n`,
    );
    expect(
      await bench.thrice("authorized_key", { user: "keys", key: KEY, exclusive: true }),
    ).toEqual(ONCE);
    expect(await bench.shell("cat ~keys/.ssh/authorized_keys")).toBe(`${KEY} \n`);
    expect(
      await bench.thrice("authorized_key", { user: "keys", key: KEY, state: "absent" }),
    ).toEqual(ONCE);
    expect(await bench.shell("cat ~keys/.ssh/authorized_keys")).toBe("");
  });

  test("authorized_key refuses what is no key and a user who is not there", async () => {
    const noKey = await bench.run("authorized_key", { user: "root", key: "hello" });
    const noUser = await bench.run("authorized_key", { user: "nope", key: KEY });

    expect(noKey).toMatchObject({ failed: true, message: "invalid key specified: hello" });
    expect(noUser).toMatchObject({ failed: true, message: "Failed to lookup user nope" });
  });
});
