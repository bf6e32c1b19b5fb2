/** File names that shells, options and lists would take for something else. */
import { startBench, type ModuleBench } from "../../support/module-run";
import { runTasks } from "./run-tasks";

const NAMES = [
  " a  b ",
  `it's "quoted" \\n`,
  "new\nline\n",
  "ünïcode\t名 🦀",
  "-rf --help",
  "$(touch canary) `touch canary`; touch canary #&|<>*?[a]",
  "how to link to x -> y",
  "No such file",
];

/** Each module with each name, in a folder of that name; what was made is looked at by others. */
const TASKS = `
    - file: {path: "{{ root }}/{{ item }}", state: directory, mode: "0750"}
      loop: "{{ names }}"
    - copy: {dest: "{{ root }}/{{ item }}/{{ item }}", content: "copied to {{ item }}"}
      loop: "{{ names }}"
    - template: {src: t.j2, dest: "{{ root }}/{{ item }}/t {{ item }}"}
      loop: "{{ names }}"
    - copy: {src: "{{ root }}/{{ item }}/{{ item }}", dest: "{{ root }}/{{ item }}/.{{ item }}", remote_src: true}
      loop: "{{ names }}"
    - lineinfile: {path: "{{ root }}/{{ item }}/l {{ item }}", line: first, create: true}
      loop: "{{ names }}"
    - lineinfile: {path: "{{ root }}/{{ item }}/l {{ item }}", line: "second of a"}
      loop: "{{ names }}"
    - file: {src: "./{{ item }}", path: "{{ root }}/{{ item }}/-link", state: link}
      loop: "{{ names }}"
    - stat: {path: "{{ root }}/{{ item }}/-link"}
      loop: "{{ names }}"
      register: links
    - slurp: {src: "{{ root }}/{{ item }}/-link"}
      loop: "{{ names }}"
      register: copies
    - slurp: {src: "{{ root }}/{{ item }}/t {{ item }}"}
      loop: "{{ names }}"
      register: rendered
    - slurp: {src: "{{ root }}/{{ item }}/l {{ item }}"}
      loop: "{{ names }}"
      register: lines
    - assert:
        that:
          - item.stat.islnk
          - item.stat.lnk_target == './' ~ item.item
      loop: "{{ links.results }}"
    - assert: {that: "item.content | b64decode == 'copied to ' ~ item.item"}
      loop: "{{ copies.results }}"
    - assert: {that: "item.content | b64decode == item.item ~ '|' ~ pw"}
      loop: "{{ rendered.results }}"
    - assert: {that: "item.content | b64decode == 'first\\nsecond of a\\n'"}
      loop: "{{ lines.results }}"
    - command:
        argv: [tar, -cf, "{{ root }}/{{ item }}.tar", -C, "{{ root }}/{{ item }}", "."]
        creates: "{{ root }}/{{ item }}.tar"
      loop: "{{ names }}"
    - file: {path: "{{ root }}-out/{{ item }}", state: directory}
      loop: "{{ names }}"
    - unarchive: {src: "{{ root }}/{{ item }}.tar", dest: "{{ root }}-out/{{ item }}", remote_src: true}
      loop: "{{ names }}"
    - slurp: {src: "{{ root }}-out/{{ item }}/{{ item }}"}
      loop: "{{ names }}"
      register: unpacked
    - assert: {that: "item.content | b64decode == 'copied to ' ~ item.item"}
      loop: "{{ unpacked.results }}"
    - find: {paths: "{{ root }}", file_type: directory}
      register: found
    - assert: {that: "found.files | map(attribute='path') | map('basename') | sort == names | sort"}
    - archive: {path: "{{ root }}/", dest: "{{ root }}.tar", format: tar}
    - file: {path: "{{ root }}-all", state: directory}
    - unarchive: {src: "{{ root }}.tar", dest: "{{ root }}-all", remote_src: true}
    - find: {paths: "{{ root }}-all", recurse: true, hidden: true}
      register: all
    - assert: {that: all.files | length == 5 * (names | length)}
    - stat: {path: "{{ root }}/canary"}
      register: canary
    - assert: {that: "not canary.stat.exists"}
    # Relative ones, in the login folder.
    - copy: {dest: "-rf x", content: "{{ pw }}"}
    - lineinfile: {path: "-rf l", line: more, create: true}
    - file: {path: "-rf x", mode: "0600"}
    - stat: {path: "-rf x"}
      register: dash
    - assert: {that: [dash.stat.mode == '0600', dash.stat.size == (pw | length) + 1]}
    - file: {path: "-d/-e", state: directory}
    - copy: {dest: "-d/-e/-f", content: "{{ pw }}"}
    - copy: {dest: "-d/-e/", src: "-d/-e/-f", remote_src: true}
    - slurp: {src: "-d/-e/-f"}
      register: deep
    - assert: {that: "deep.content | b64decode == pw"}
`;

describe.each(["busybox", "debian"] as const)("names of files on a host with %s", (flavour) => {
  let bench: ModuleBench;

  beforeAll(async () => {
    bench = await startBench(flavour);
  });

  afterAll(() => bench.stop());

  test.each([
    ["are what was asked for", undefined],
    ["are found to be so by a second run", 0],
  ])("%s", async (_, changed) => {
    const { host } = await runTasks(bench.machine, TASKS, {
      vars: { root: "/root/it's a root", names: NAMES },
      files: new Map([["templates/t.j2", "{{ item }}|{{ pw }}"]]),
    });

    expect(host.error).toBeUndefined();
    if (changed === 0) expect(host.changes).toEqual([]);
    else expect(host.changed).toBeGreaterThan(10);
  });
});
