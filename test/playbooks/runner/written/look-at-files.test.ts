/** The quick look for drift, on a real sshd: what is told of each file, and by how many commands. */
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import { Secret } from "../../../../core/secret";
import {
  lookAtFiles,
  parsePlaybooks,
  runPlaybooks,
  type RunEvent,
  type RunInput,
  type RunOptions,
  type RunReport,
  type WrittenFiles,
} from "../../../../playbooks/playbooks";
import { type Sshd, startSshd } from "../../../support/sshd";

jest.setTimeout(60_000);

const PLAY = `- hosts: all
  gather_facts: false
  tasks:
    - copy: { content: plain, dest: "{{ folder }}/plain", mode: "0644" }
    - copy: { content: "key", dest: "{{ folder }}/secret", mode: "0600" }
      no_log: true
    - { template: { src: t.j2, dest: "{{ folder }}/rendered" } }
    - { copy: { content: hidden, dest: "{{ folder }}/hidden" }, no_log: true }
    - lineinfile: { path: "{{ folder }}/plain", line: more }
    - file: { path: "{{ folder }}/made in here", state: directory, mode: "0755" }
    - file: { path: "{{ folder }}/old", state: absent }
    - copy: { src: one, dest: "{{ folder }}/made in here/" }
    - copy: { content: x, dest: "{{ folder }}/{{ item }}" }
      loop: ["it's \\"q\\" $(x)", "-dash"]
    - command: touch {{ folder }}/nobodys
`;
const FILES = new Map([
  ["templates/t.j2", "in {{ folder }}"],
  ["files/one", "1"],
]);

let sshd: Sshd;
let folder: string;
let input: RunInput;
let events: RunEvent[];
let options: RunOptions;
let written: Readonly<Record<string, readonly WrittenFiles[]>>;

beforeAll(async () => {
  sshd = await startSshd();
  folder = path.join(sshd.folder, "work");
  mkdirSync(folder);
  const { port, hostKeys } = sshd;
  const host = { address: "127.0.0.1", port, hostKeys, groups: [], vars: {} };
  input = {
    inventory: { a: { ...host, user: userInfo().username } },
    vars: { folder },
    secretVars: {},
    files: FILES,
    mode: "apply",
    forks: 2,
    tellFiles: true,
  };
  events = [];
  options = {
    signal: new AbortController().signal,
    key: new Secret(readFileSync(sshd.keyFile, "utf8")),
    connectTimeout: 5_000,
    onEvent: (it) => events.push(it),
  };
  const { playbooks, faults } = parsePlaybooks([{ name: "p.yml", content: PLAY }], FILES);
  expect(faults).toEqual([]);
  const report = await runPlaybooks(playbooks, input, options);
  expect(report.hosts.a?.error).toBeUndefined();
  written = { a: report.hosts.a?.files ?? [] };
});

afterAll(async () => {
  await sshd.stop();
});

async function look(from = written): Promise<RunReport> {
  events.length = 0;
  return lookAtFiles(from, input, options);
}

test("prints of what tasks wrote: no content where nothing may be shown, and in no event", () => {
  const files = written.a?.[0]?.files ?? {};
  const names = Object.keys(files).map((it) => path.relative(folder, it));
  const kinds = Object.fromEntries(names.map((it) => [it, files[path.join(folder, it)]]));

  expect(names.sort()).toEqual(
    [...["-dash", "hidden", 'it\'s "q" $(x)', "made in here", "made in here/one"]].concat([
      ...["old", "plain", "rendered", "secret"],
    ]),
  );
  expect(kinds.old).toBe("absent");
  expect(kinds.plain).toMatch(/^8 0644 \d+:\d+ [0-9a-f]{16}$/);
  expect(kinds.rendered).toMatch(/^8 .* [0-9a-f]{16}$/);
  for (const it of ["secret", "hidden"]) expect(kinds[it]).toMatch(/^8 .* @\d+$/);
  expect(kinds["made in here"]).toMatch(/^4 0755 \d+:\d+ -$/);
  expect(JSON.stringify(events)).not.toContain('"files"');
});

test("where there are secrets no content has a digest: they may be anywhere, in any form", async () => {
  const content = `- hosts: all
  gather_facts: false
  tasks:
    - set_fact: { auth: "{{ ('user:' ~ token) | b64encode }}" }
    - copy: { content: "{{ auth }}", dest: "{{ folder }}/auth" }
`;
  const { playbooks } = parsePlaybooks([{ name: "p.yml", content }], new Map());
  const secretVars = { token: new Secret("123") };

  const { hosts } = await runPlaybooks(playbooks, { ...input, secretVars }, options);

  const [print = ""] = Object.values(hosts.a?.files?.[0]?.files ?? {});
  expect(print).toMatch(/^8 0644 \d+:\d+ @\d+$/);
});

test("nothing differs: one command that reads, whatever the number of files", async () => {
  const report = await look();

  expect(report.hosts.a).toMatchObject({ status: "ok", changes: [], changed: 0 });
  const tasks = events.filter((it) => it.event === "task.end");
  expect(tasks).toMatchObject([{ host: "a", queries: 1, changes: 0 }]);
});

const QUOTED = 'it\'s "q" $(x)';
const cases: readonly (readonly [string, () => void, string, () => void])[] = [
  ["content", edit("plain", "other"), "plain: content", edit("plain", "plain\nmore\n")],
  ["mode", mode("plain", 0o600), "plain: mode 0644 → 0600", mode("plain", 0o644)],
  ["a file gone", gone("-dash"), "-dash: is gone", edit("-dash", "x")],
  ["a file back", edit("old", ""), "old: is there again", gone("old")],
  [
    "another type",
    () => {
      gone("-dash")();
      mkdirSync(path.join(folder, "-dash"));
    },
    "-dash: is something else",
    edit("-dash", "x"),
  ],
  [
    "a link in its place",
    () => {
      gone("-dash")();
      symlinkSync(path.join(folder, QUOTED), path.join(folder, "-dash"));
    },
    "-dash: link",
    edit("-dash", "x"),
  ],
  ["quotes", edit(QUOTED, "y"), `${QUOTED}: content`, edit(QUOTED, "x")],
];

test.each(cases)(
  "%s is told with its path, and is well again when it is mended",
  async (_, spoil, word, mend) => {
    spoil();
    const spoilt = await look();
    mend();
    const mended = await look();

    expect(spoilt.hosts.a?.changes).toEqual([`${folder}/${word}`]);
    expect(mended.hosts.a?.changes).toEqual([]);
  },
);

test("of a secret file a later time counts as another content", async () => {
  const file = path.join(folder, "secret");
  utimesSync(file, 1, 1);

  const report = await look();

  expect(report.hosts.a?.changes).toEqual([`${file}: content`]);
});

test("what no task of files wrote is not looked at", async () => {
  appendFileSync(path.join(folder, "nobodys"), "x");

  const report = await look({ a: [] });

  expect(report.hosts.a).toMatchObject({ status: "ok", changes: [] });
});

(process.getuid?.() === 0 ? test : test.skip)(
  "files of another user are looked at as that user, by one command more",
  async () => {
    const content = `- hosts: all
  gather_facts: false
  tasks:
    - { copy: { content: x, dest: "{{ folder }}/own" } }
    - { copy: { content: x, dest: "{{ folder }}/other" }, become: true, become_method: su }
`;
    const { playbooks } = parsePlaybooks([{ name: "p.yml", content }], new Map());
    const ran = await runPlaybooks(playbooks, input, options);
    const files = ran.hosts.a?.files ?? [];
    edit("other", "y")();

    const report = await look({ a: files });

    expect(files.map((it) => it.become)).toEqual([undefined, { user: "root", method: "su" }]);
    expect(report.hosts.a?.changes).toEqual([`${folder}/other: content`]);
    expect(events.filter((it) => it.event === "task.end")).toMatchObject([{ queries: 2 }]);
  },
);

test("files that cannot be read at all say nothing", async () => {
  const files = { "/x": "8 0644 0:0 aaaaaaaaaaaaaaaa" };

  const report = await look({ a: [{ become: { user: "no-such-user", method: "su" }, files }] });

  expect(report.hosts.a).toMatchObject({ status: "cancelled", changes: [] });
  expect(report.hosts.a?.error).toContain("cannot be read");
});

/** Whatever else was there before is replaced. */
function edit(name: string, content: string): () => void {
  return () => {
    const file = path.join(folder, name);
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
      rmSync(file, { recursive: true, force: true });
    }
    writeFileSync(file, content);
  };
}

function mode(name: string, bits: number): () => void {
  return () => {
    chmodSync(path.join(folder, name), bits);
  };
}

function gone(name: string): () => void {
  return () => {
    rmSync(path.join(folder, name), { recursive: true });
  };
}
