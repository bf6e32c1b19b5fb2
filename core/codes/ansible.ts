/** Codes of runs by a real ansible-playbook (AS14…, AS23…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of `runner: ansible`. */
export const ANSIBLE_CODES = {
  AS1490: {
    title: "a name that ansible-playbook cannot be given",
    why: "With runner: ansible, playbooks are imported by their names, and Ansible reads some characters in them as its own syntax.",
    fix: "Use letters, digits and . _ - + @ / in the paths of playbooks.",
  },
  AS2390: {
    title: "ansible-playbook cannot be started",
    why: "runner: ansible needs the command ansible-playbook on the PATH of the process that runs plays: Terraform's, or armstead play's.",
    fix: "Install ansible-core there, or leave out runner.",
  },
  AS2391: {
    title: "ansible-playbook gave up",
    why: "It ended without having told what became of its hosts: it refused the playbook, a variable or its own settings.",
    fix: "Read its message; `armstead play --runner ansible` with the same files shows it without Terraform.",
  },
  AS2392: {
    title: "Ansible cannot reach the host",
    why: "SSH as Ansible runs it did not get through, or the host has no Python.",
    fix: "Read its message. The host's key has to be known, and Ansible needs Python on the host for nearly every module.",
  },
} as const satisfies Record<string, CodeEntry>;
