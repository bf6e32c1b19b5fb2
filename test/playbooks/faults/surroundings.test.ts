/** Hosts that speak another language, or do not know what time it is. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startBench } from "../../support/module-run";
import { startSshd } from "../../support/sshd";
import { oneLine, runTasks } from "./run-tasks";

/** Looks at what is there and at what is not, and makes things; twice it changes nothing. */
const TASKS = `
    - file: {path: "{{ root }}/d", state: directory}
    - stat: {path: "{{ root }}/d/none"}
      register: absent
    - assert: {that: not absent.stat.exists}
    - copy: {dest: "{{ root }}/d/ISTANBUL İı", content: "{{ pw }}"}
    - lineinfile: {path: "{{ root }}/d/lines", line: "I i İ ı", create: true}
    - file: {path: "{{ root }}/d/none", state: absent}
    - archive: {path: "{{ root }}/d/", dest: "{{ root }}/a.tar", format: tar}
    - file: {path: "{{ root }}/u", state: directory}
    - unarchive: {src: "{{ root }}/a.tar", dest: "{{ root }}/u", remote_src: true}
    - find: {paths: "{{ root }}/u"}
      register: found
    - assert: {that: found.files | length == 2}
    - setup: {}
    - assert: {that: [ansible_facts.architecture is defined, ansible_facts.date_time.epoch is defined]}
    - wait_for: {path: "{{ root }}/d/lines", timeout: 5}
`;

test.each([
  ["tr_TR.UTF-8", "tr"],
  ["de_DE.UTF-8", "de"],
  // The one locale besides C that every host has: with it messages are in German where they are installed.
  ["C.UTF-8", "de"],
  ["POSIX", ""],
  ["no-such-locale", ""],
])(
  "a host with the locale %s and the language %j is read as any other",
  async (locale, language) => {
    const sshd = await startSshd({ config: ["PermitUserEnvironment yes"] });
    try {
      const keys = path.join(sshd.folder, "auth", "authorized_keys");
      const words = [`LC_ALL=${locale}`, `LANG=${locale}`, `LANGUAGE=${language}`];
      const options = words.map((it) => `environment="${it}"`).join(",");
      writeFileSync(keys, `${options} ${readFileSync(keys, "utf8")}`);
      const vars = { root: path.join(sshd.folder, "root"), locale };

      const first = await runTasks(
        sshd,
        `${TASKS}
    - command: printenv LC_ALL
      register: out
      changed_when: false
    - assert: {that: out.stdout == locale}
`,
        { vars },
      );
      const second = await runTasks(sshd, TASKS, { vars });
      const failed = await runTasks(sshd, "    - slurp: {src: /none, }\n", { vars });

      expect(first.host.error).toBeUndefined();
      expect(first.host).toMatchObject({ status: "ok", changed: 6 });
      expect(second.host).toMatchObject({ status: "ok", changed: 0 });
      expect(failed.host.error).toEqual(oneLine("AS2301"));
    } finally {
      await sshd.stop();
    }
  },
);

test.each(["1970-01-01 00:00:07", "2099-12-31 23:59:59"])(
  "a host whose clock says %s is brought to the same state",
  async (now) => {
    const bench = await startBench("debian");
    try {
      // No namespace has a clock of its own: what programs ask for the time tells this one.
      await bench.shell(`
cp /usr/bin/date /root/own; printf '#!/bin/sh\\nexec /root/own -d "${now}" "$@"\\n' >/root/fake
        chmod 755 /root/fake; mount --bind /root/fake /usr/bin/date
        mkdir -p /root/t/d; echo old >/root/t/d/lines; touch -d '${now}' /root/t/d/lines /root/t/d`);
      const vars = { root: "/root/t" };
      const keep = `
    - copy: {dest: /root/t/kept, content: "{{ pw }} {{ n }}", backup: true}
`;

      const first = await runTasks(bench.machine, TASKS + keep, { vars: { ...vars, n: 1 } });
      const second = await runTasks(bench.machine, TASKS + keep, { vars: { ...vars, n: 2 } });
      const third = await runTasks(bench.machine, TASKS + keep, { vars: { ...vars, n: 2 } });

      expect(first.host.error).toBeUndefined();
      expect(first.host).toMatchObject({ status: "ok", changed: 6 });
      expect(second.host).toMatchObject({ status: "ok", changed: 1, changes: ["copy"] });
      expect(third.host).toMatchObject({ status: "ok", changed: 0 });
      expect(await bench.shell("ls /root/t/kept*")).toContain(`@${now.slice(-8)}~`);
    } finally {
      await bench.stop();
    }
  },
);
