/** Codes of wrong use of the command and of its environment (AS10…, AS26…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of wrong use of the command and of its environment. */
export const CLI_CODES = {
  AS1001: {
    title: "a file cannot be read",
    why: "The named file does not exist, is a folder, or may not be read by this user.",
    fix: "Check the path; relative paths count from the current folder.",
  },
  AS1002: {
    title: "a file cannot be written",
    why: "The named place is no folder, its disk is full, or it may not be written by this user.",
    fix: "Name another folder; relative paths count from the current one.",
  },
  AS1004: {
    title: "the environment lacks what the command was told to take from it",
    why: "An option names a variable of the environment that is not set, or does not hold what it should: TF_VAR_x for --secret-var x, and inputs written by Terraform for -i env:NAME.",
    fix: "Set the variable. Inputs of a null resource are made by its provisioner: do not write them by hand.",
  },
  AS1005: {
    title: "variables that cannot be read",
    why: "What is given to --extra-var is neither name=value, nor @ and a file, nor a mapping in braces.",
    fix: "Write -e name=value, -e 'a=1 b=2', -e @file.yml or -e '{\"name\": [1, 2]}'.",
  },
  AS2601: {
    title: "the output cannot be written",
    why: "The command did its work, but the disk or device that its results go to is full or broken.",
    fix: "Free disk space or send the output elsewhere, then run the command again.",
  },
  AS1003: {
    title: "a module that brings no deployments",
    why: "A module of --with cannot be loaded from the current folder, or has no export named deployments that is a list of kinds.",
    fix: "Install the package where the command runs, or name a file; export deployments = [kind, …] from it.",
  },
} as const satisfies Record<string, CodeEntry>;
