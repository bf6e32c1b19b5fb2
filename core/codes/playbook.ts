/** Codes of playbooks, templates and inventories (AS14…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of playbooks, templates and inventories. */
export const PLAYBOOK_CODES = {
  AS1401: {
    title: "not valid YAML",
    why: "A playbook, a file of tasks or variables, or an inventory cannot be parsed as YAML 1.1, which is what Ansible reads.",
    fix: "Mend the syntax at the shown position.",
  },
  AS1402: {
    title: "the document is too large or too deep",
    why: "Nesting or aliases make the document larger than any playbook needs to be.",
    fix: "Flatten the document; look for aliases that repeat large parts, or that contain themselves.",
  },
  AS1403: {
    title: "unknown keyword",
    why: "A play, block, task or loop_control has a keyword that does not exist, or a task names a module that does not exist.",
    fix: "Correct the spelling; the message lists what is allowed.",
  },
  AS1404: {
    title: "not supported",
    why: "The keyword or module is part of Ansible, but not of Armstead's runner. It is refused before any host is touched.",
    fix: "Use the form that the message proposes.",
  },
  AS1405: {
    title: "wrong value",
    why: "A keyword has a value of the wrong kind.",
    fix: "Give what the message says is allowed.",
  },
  AS1406: {
    title: "a task needs exactly one module",
    why: "A task names no module, or more than one.",
    fix: "Give the task one module; write a list of tasks, or a block, for more.",
  },
  AS1407: {
    title: "unknown argument",
    why: "The module has no such argument.",
    fix: "Correct the spelling, or remove the argument.",
  },
  AS1408: {
    title: "wrong argument",
    why: "A module's argument is missing, or has a value that the module refuses.",
    fix: "Give what the message says is allowed.",
  },
  AS1409: {
    title: "the file does not travel with the playbook",
    why: "A playbook includes, copies or renders a file that is not among its files.",
    fix: "Add the file, or correct its path; paths are relative to the playbook's folder.",
  },
  AS1410: {
    title: "unknown handler",
    why: "A task notifies a name that no handler of its play has or listens to.",
    fix: "Add the handler to the play's handlers, or correct the name.",
  },
  AS1411: {
    title: "template that cannot be parsed",
    why: "A Jinja2 template or expression has a syntax error, or names a filter, test or function that does not exist.",
    fix: "Mend the template at the shown position.",
  },
  AS1412: {
    title: "wrong hosts pattern",
    why: "The pattern of a play's hosts, or of a limit, cannot be read or uses a form that is not supported.",
    fix: "Use names of hosts and groups, `all`, globs, regular expressions after ~ and positions such as web[0], joined by commas or colons, with :& for intersection and :! for exclusion.",
  },
  AS1413: {
    title: "files include each other without end",
    why: "A file of tasks includes itself, directly or through others, deeper than any run needs.",
    fix: "Remove the circle, or write it as a loop.",
  },
  AS1414: {
    title: "wrong inventory",
    why: "The inventory is none in Ansible's YAML or INI form, or uses a part of it that is not supported.",
    fix: "Mend what the message names; docs/playbooks.md says what inventories may hold.",
  },
  AS1418: {
    title: "no task to start at",
    why: "No task of the plays that the tags choose has the name, or a name that fits the glob; tasks that are included while plays run are not known before.",
    fix: "Name a task as the playbook does, or as role : name; --list-tasks shows them.",
  },
} as const satisfies Record<string, CodeEntry>;
