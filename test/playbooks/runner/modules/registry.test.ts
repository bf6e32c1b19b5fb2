import { MODULES } from "../../../../playbooks/runner/modules/registry";

const EXPECTED = [
  "add_host",
  "apt",
  "archive",
  "assemble",
  "assert",
  "async_status",
  "authorized_key",
  "blockinfile",
  "command",
  "copy",
  "cron",
  "debug",
  "fail",
  "fetch",
  "file",
  "find",
  "gather_facts",
  "get_url",
  "getent",
  "group",
  "group_by",
  "hostname",
  "ini_file",
  "iptables",
  "known_hosts",
  "lineinfile",
  "modprobe",
  "mount",
  "package",
  "package_facts",
  "pause",
  "ping",
  "raw",
  "reboot",
  "replace",
  "script",
  "service",
  "service_facts",
  "set_fact",
  "set_stats",
  "setup",
  "shell",
  "slurp",
  "stat",
  "sysctl",
  "systemd",
  "systemd_service",
  "tempfile",
  "template",
  "unarchive",
  "uri",
  "user",
  "validate_argument_spec",
  "wait_for",
  "wait_for_connection",
];

test("MODULES has every module under its own name", () => {
  expect([...MODULES.keys()].sort()).toEqual(EXPECTED);
  expect([...MODULES].every(([name, module]) => module.name === name)).toBe(true);
});

test("modules refuse arguments that they do not know, except where any name is one", () => {
  for (const module of MODULES.values()) {
    const result = module.args.safeParse({ no_such_argument: 1 });
    const unknown = result.error?.issues.some((it) => it.code === "unrecognized_keys") ?? false;

    expect([module.name, unknown]).toEqual([module.name, module.parameters !== undefined]);
  }
});

test("modules name all of their arguments, and the one that plain text fills", () => {
  for (const { name, parameters = [], freeForm, expressions = [] } of MODULES.values()) {
    expect([name, parameters.length === new Set(parameters).size]).toEqual([name, true]);
    for (const it of [...expressions, ...(freeForm === undefined ? [] : [freeForm])]) {
      expect(parameters).toContain(it);
    }
  }
});

test("aliases are the main name, and both together are refused", () => {
  const file = MODULES.get("file");

  expect(file?.args.parse({ dest: "/a", state: "touch" })).toMatchObject({ path: "/a" });
  expect(file?.args.safeParse({ dest: "/a", path: "/b" }).error?.issues[0]?.message).toContain(
    '"dest" is another name of "path"',
  );
});

test.each([
  ["copy", { dest: "/a" }, "exactly one of src, content"],
  ["copy", { dest: "/a", src: "a", content: "b" }, "exactly one of src, content"],
  ["file", { path: "/a", state: "link" }, "src is needed"],
  ["command", { cmd: "a", argv: ["b"] }, "exactly one of"],
  ["lineinfile", { path: "/a" }, "line is needed"],
  ["service", { pattern: "x" }, "one of state, enabled, masked, daemon_reload"],
  ["wait_for", { port: 1, path: "/a" }, "give port or path"],
  ["unarchive", { src: "a.zip", dest: "/" }, "zip archives are not supported"],
  ["sysctl", { name: "a.b" }, "value is needed"],
  ["sysctl", { name: "-p /etc/x", value: 1 }, "expected the name of a kernel setting"],
  ["cron", { name: "a" }, "You must specify 'job'"],
  ["cron", { name: "a", job: "b", cron_file: "c" }, "you must specify user=..."],
  ["cron", { name: "a", job: "b", cron_file: "/etc/crontab", user: "c" }, "Will not manage"],
  ["cron", { name: "a", job: "b", special_time: "daily", hour: 1 }, "time and date fields or"],
  ["cron", { name: "a b", job: "b", env: true }, "Invalid name for environment variable"],
  ["cron", { name: "a", job: "b", insertafter: "c" }, "valid only with env=yes"],
  ["cron", { name: "a", job: "b", env: true, insertafter: "c", insertbefore: "d" }, "not both"],
  ["blockinfile", { path: "/a", insertafter: "c", insertbefore: "d" }, "not both"],
  ["blockinfile", { path: "/a", setype: "c" }, "use command with chcon"],
  ["replace", { path: "/a", regexp: "a", encoding: "ebcdic" }, "expected utf-8"],
  ["ini_file", { path: "/a", section: "a" }, "Parameter 'value(s)' must be defined"],
  ["ini_file", { path: "/a", option: "a", value: "b", values: ["c"] }, "not both"],
  ["known_hosts", { name: "a,b", key: "c" }, "Comma separated list of names"],
  ["known_hosts", { name: "a" }, "No key specified"],
  ["mount", { path: "/a", state: "mounted" }, "missing: src, fstype"],
  ["script", { cmd: "a", _raw_params: "b" }, "exactly one of"],
  ["script", { cmd: "a", chdir: "b" }, "must be an absolute path"],
  ["script", { cmd: "a", decrypt: false }, "files travel decrypted"],
  ["user", { name: "a:b" }, "expected the name of a user"],
])("%s refuses %j", (name, args, message) => {
  const messages = MODULES.get(name)
    ?.args.safeParse(args)
    .error?.issues.map((it) => it.message);

  expect(messages?.join("; ")).toContain(message);
});
