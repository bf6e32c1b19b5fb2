/** Codes of kernels: their configs (AS17…) and the nodes that run them (AS248…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of kernels. */
export const KERNEL_CODES = {
  AS1701: {
    title: "this is no kernel config",
    why: "The file is not the text that the kernel's build leaves behind, plain or compressed with gzip: it is binary, damaged, too large, or has no option in it.",
    fix: "Give /proc/config.gz, or the file /boot/config-* that belongs to the kernel; what is compressed in another way is unpacked first.",
  },
  AS1702: {
    title: "this is no line of a kernel config",
    why: "A line of a kernel config sets an option (CONFIG_NAME=y), switches one off (# CONFIG_NAME is not set), is a comment, or is empty.",
    fix: "Correct the line, or give the file as the kernel's build has written it.",
  },
  AS1703: {
    title: "an option has two values",
    why: "Two lines of the file set the same option differently, so that nobody can say what the kernel has. Files that were put together by hand look like this.",
    fix: "Remove one of both lines, or let the kernel's build settle it: make olddefconfig.",
  },
  AS1704: {
    title: "the kernel's version is not known",
    why: "What a kernel must have depends on its version, and the file does not say it in its first lines.",
    fix: "Give what uname -r prints on the node: --release 6.12.1.",
  },
  AS2480: {
    title: "the node shows no kernel config",
    why: "Neither /proc/config.gz nor any of the places where distributions keep the running kernel's config can be read on the node.",
    fix: "Put the config to /boot/config-$(uname -r) on the node, load the module configs, or check the file here: armstead kernel check FILE.",
  },
  AS2481: {
    title: "the node does not tell what kernel it runs",
    why: "The node's answer to uname is not what a Linux kernel says.",
    fix: "Check that the address is that of a node, and that its login shell is a POSIX shell that prints nothing by itself.",
  },
} as const satisfies Record<string, CodeEntry>;
