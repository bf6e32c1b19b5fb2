/** Codes of the lab and its machines (AS24…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of the lab and its machines. */
export const LAB_CODES = {
  AS2401: {
    title: "the lab is not running",
    why: "Nothing answers where the lab last listened.",
    fix: "Start it: npx armstead lab up.",
  },
  AS2402: {
    title: "another lab server uses this folder",
    why: "Two servers on one folder would spoil each other's state, so only one may run.",
    fix: "Stop the other one (npx armstead lab down), or use another folder by ARMSTEAD_LAB_DIR.",
  },
  AS2403: {
    title: "a port of the lab is taken",
    why: "Another program listens on the port that the lab's API or its services for nodes use.",
    fix: "Stop that program, or choose other ports: npx armstead lab up --port N --node-port M.",
  },
  AS2404: {
    title: "the lab's server did not start",
    why: "The server's process ended, or did not answer in time; its last lines are in the message.",
    fix: "Look at its log: npx armstead lab logs.",
  },
  AS2405: {
    title: "the lab's state cannot be written",
    why: "The disk is full, read-only or broken; what was not written is not acknowledged to clients.",
    fix: "Free disk space, or name another folder by ARMSTEAD_LAB_DIR; then start the lab again: it goes on from what is on disk.",
  },
  AS2406: {
    title: "no such machine in the lab",
    why: "No device has this name or id, or the beginning of its id fits several.",
    fix: "List the machines: npx armstead lab status.",
  },
  AS2407: {
    title: "the lab's server does not end",
    why: "The server's process is still there after it was asked to end.",
    fix: "Look at its log (npx armstead lab logs) and end the process by its id.",
  },
  AS2408: {
    title: "the lab's machines are of another driver",
    why: "A lab keeps the driver that it was started with as long as it has devices.",
    fix: "Start it with that driver, or forget its machines first: npx armstead lab reset.",
  },
  AS2409: {
    title: "the lab's folder is somebody else's",
    why: "Another user of this host started the lab there, perhaps you as root, and its files are closed to you.",
    fix: "Use the lab as that user, or name a folder of your own by ARMSTEAD_LAB_DIR.",
  },
  AS2410: {
    title: "the lab's state is damaged",
    why: "A line in the middle of the lab's journal is not what the lab wrote. A last line that was cut short by a crash is no damage: it was never acknowledged.",
    fix: "Put the line back, or delete it (the lab then forgets what it says), or forget everything: npx armstead lab reset.",
  },
  AS2411: {
    title: "the lab's state is of a newer version",
    why: "A newer armstead wrote it; this one would lose what it does not understand.",
    fix: "Use that version of armstead, or forget everything: npx armstead lab reset.",
  },
  AS2412: {
    title: "the lab's connection file is not as the lab wrote it",
    why: "The lab's server runs, but the file by which its clients find it was changed or cut short.",
    fix: "Start the server again, which writes it anew: npx armstead lab down, then npx armstead lab up.",
  },
  AS2450: {
    title: "this host lacks programs",
    why: "Machines and their images are made with programs of the host, and some are not installed.",
    fix: "Install them with the apt-get command of the message.",
  },
  AS2451: {
    title: "a program of the host failed",
    why: "A program that builds or runs machines ended with an error; its last lines are in the message.",
    fix: "Look at its last lines; free disk space and file permissions are the usual causes.",
  },
  AS2452: {
    title: "Debian's packages cannot be had",
    why: "Node images are built from Debian's packages. The host's apt names no Debian archive, or it cannot be reached and nothing is cached.",
    fix: "Check the network and that apt-get update works on this host; what is cached works without a network.",
  },
  AS2453: {
    title: "a Debian package is not as expected",
    why: "A file or kernel module that node images need is not in the package that should hold it.",
    fix: "Delete the cache folder and try again; if it stays, report it with the package's version.",
  },
  AS2460: {
    title: "the machine's process ended",
    why: "The process that runs the machine is gone before the machine was ready.",
    fix: "Look at the machine's console: npx armstead lab console DEVICE.",
  },
  AS2461: {
    title: "the machine's kernel panicked",
    why: "The console shows a kernel panic since the last boot.",
    fix: "Look at the machine's console: npx armstead lab console DEVICE; more memory is the usual cure.",
  },
  AS2462: {
    title: "this host allows no user namespaces",
    why: "The process driver confines machines in user namespaces, and the kernel or a security policy refused one.",
    fix: "Allow them (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns=0), or use the qemu driver.",
  },
  AS2463: {
    title: "the machine does not start",
    why: "The machine's process ended at once; its own words are in the message.",
    fix: "Check that the machine's address and ports are free: npx armstead lab status.",
  },
  AS2464: {
    title: "the machine is not ready in time",
    why: "The machine runs, but its sshd did not answer within the time limit.",
    fix: "Look at the machine's console: npx armstead lab console DEVICE; a loaded host needs more time.",
  },
  AS2465: {
    title: "the machine's monitor refused a command",
    why: "QEMU's monitor could not be reached or answered with an error.",
    fix: "Power the machine off and on; if it stays, report it with the message.",
  },
  AS2466: {
    title: "the machine does not end",
    why: "A process of the machine is still there after it was killed.",
    fix: "Look for a process in uninterruptible sleep (ps, state D); a hanging disk is the usual cause.",
  },
  AS2470: {
    title: "the lab's switch cannot listen",
    why: "The UDP port of the switch is taken or forbidden.",
    fix: "Stop whatever holds the port, or give the lab another one.",
  },
} as const satisfies Record<string, CodeEntry>;
