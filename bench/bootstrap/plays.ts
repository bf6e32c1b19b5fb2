/** The plays that all tools run: what bootstraps do most, so many tasks of it. Pure. */

/** Tasks of one round. */
const ROUND = 4;

/** Files of a playbook by name. */
export interface PlayFiles {
  readonly "site.yml": string;
  readonly "agent.conf.j2": string;
}

/** A play of so many tasks, beside the gathering of facts. @param tasks - a multiple of 4 */
export function playOf(tasks: number): PlayFiles {
  const rounds = Array.from({ length: tasks / ROUND }, (_, at) => roundOf(at + 1));
  const head = "- name: Bootstrap\n  hosts: nodes\n  tasks:\n";
  return { "site.yml": head + rounds.join(""), "agent.conf.j2": TEMPLATE };
}

/** How many files a host has afterwards. */
export function filesAfter(tasks: number): number {
  return (tasks / ROUND) * 3;
}

/** Values as operators write them: of the inventory, of facts, and of the play. */
const TEMPLATE = `# {{ ansible_managed }}
[agent]
name = {{ inventory_hostname }}
machine = {{ ansible_facts['architecture'] }}
{% for name in groups['nodes'][:3] %}
peer = {{ name }}:{{ hostvars[name]['ansible_port'] }}
{% endfor %}
part = {{ part }}
`;

/** Every second round changes a line instead of making a whole file: both are what bootstraps do. */
function roundOf(n: number): string {
  const folder = `{{ site }}/part-${n}`;
  const second =
    n % 2 === 1
      ? `    - name: Message ${n}
      copy:
        dest: "${folder}/motd"
        content: "Part ${n} of {{ inventory_hostname }}\\n"
        mode: "0644"
`
      : `    - name: Setting ${n}
      lineinfile:
        path: "${folder}/motd"
        line: "part=${n}"
        regexp: "^part="
        create: true
        mode: "0644"
`;
  return `    - name: Folder ${n}
      file:
        path: "${folder}"
        state: directory
        mode: "0755"
${second}    - name: Configuration ${n}
      template:
        src: agent.conf.j2
        dest: "${folder}/agent.conf"
        mode: "0600"
      vars:
        part: ${n}
    - name: Enrolment ${n}
      command:
        cmd: cp motd enrolled
        chdir: "${folder}"
        creates: "${folder}/enrolled"
`;
}
