/** Codes of tasks on hosts (AS23…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of tasks on hosts. */
export const TASK_CODES = {
  AS2301: {
    title: "a task failed",
    why: "A module reported failure, or failed_when held, and neither ignore_errors nor a rescue took care of it.",
    fix: "Read the task's message; the run log holds the output of its commands.",
  },
  AS2302: {
    title: "the run was stopped because another host failed",
    why: "any_errors_fatal is set and a task failed on another host, or all hosts of a batch failed: with serial, later batches and plays are then kept from harm.",
    fix: "Look at the host that failed first.",
  },
  AS2303: {
    title: "a module refuses its arguments",
    why: "With its templates rendered, an argument has a value that the module does not take.",
    fix: "Give what the message says is allowed.",
  },
  AS2304: {
    title: "a loop without a list of bearable length",
    why: "What loop or with_… is given is not what it loops over, or a list longer than a bootstrap needs.",
    fix: "Give a list; use dict2items for a mapping.",
  },
  AS2305: {
    title: "become is not possible this way",
    why: "Only sudo and su are supported.",
    fix: "Set become_method to sudo or su.",
  },
  AS2306: {
    title: "an unknown handler was notified",
    why: "A computed name in notify belongs to no handler of the play.",
    fix: "Correct the name, or add the handler.",
  },
  AS2308: {
    title: "a task is delegated to a host that is not there",
    why: "delegate_to names no host of the inventory, and not localhost.",
    fix: "Name a host of the inventory, or add it with add_host before.",
  },
  AS2309: {
    title: "a task took longer than it may",
    why: "The seconds of `timeout` or of `async` are over; what the task has begun was ended.",
    fix: "Give the task more time, or find out what it waits for.",
  },
  AS2310: {
    title: "a host cannot be reached this way",
    why: "A variable of a play or task asks for a connection, or for options of ssh, sudo or su, that are not supported.",
    fix: "Reach hosts by ssh or locally; write a bastion into the inventory.",
  },
  AS2307: {
    title: "the included file does not travel with the playbook",
    why: "A computed name of an include belongs to none of the files and roles.",
    fix: "Add the file, or correct the name.",
  },
} as const satisfies Record<string, CodeEntry>;
