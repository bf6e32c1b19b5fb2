/** Codes of cluster.yaml (AS12…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of cluster.yaml. */
export const CLUSTER_CODES = {
  AS1201: {
    title: "not valid YAML",
    why: "The file cannot be parsed as one YAML 1.2 document.",
    fix: "Mend the syntax at the shown position; tabs and wrong indentation are the usual reasons.",
  },
  AS1202: {
    title: "key given twice",
    why: "A mapping holds the same key twice; which one counts would depend on the reader.",
    fix: "Remove one of the two.",
  },
  AS1203: {
    title: "unknown role",
    why: "A pool's role is none that Armstead knows.",
    fix: "Use one of the listed roles.",
  },
  AS1204: {
    title: "a key is missing",
    why: "A mapping lacks a key that has no default.",
    fix: "Add the named key.",
  },
  AS1205: {
    title: "wrong type",
    why: "A value is of another type than its key needs; YAML reads unquoted 12, yes and null as they look.",
    fix: "Give a value of the named type; put text that looks like a number into quotes.",
  },
  AS1206: {
    title: "unknown key",
    why: "A mapping holds a key that means nothing there; ignoring it would hide a slip of the pen.",
    fix: "Remove the key or spell it as proposed.",
  },
  AS1207: {
    title: "unknown value",
    why: "The value is none of the closed set that its key allows.",
    fix: "Use one of the listed values.",
  },
  AS1208: {
    title: "out of range",
    why: "A number, or the length of a list or text, lies outside of what is allowed.",
    fix: "Stay within the named bounds.",
  },
  AS1209: {
    title: "malformed value",
    why: "The text does not have the form that its key needs.",
    fix: "Follow the form that the message describes.",
  },
  AS1210: {
    title: "not available yet",
    why: "The word is part of the format, but this version of Armstead cannot do it.",
    fix: "Use what is available, or a later version.",
  },
  AS1211: {
    title: "a file cannot be read",
    why: "The cluster file, or a file that it refers to, does not exist, is a folder, is too large, or may not be read.",
    fix: "Check the path: relative paths count from the cluster file's folder, ~ is the home folder.",
  },
  AS1212: {
    title: "not a public SSH key",
    why: "A file in access.sshKeys does not hold exactly one public key in OpenSSH's format.",
    fix: "Name the .pub file that ssh-keygen wrote, never the private key.",
  },
  AS1213: {
    title: "not a PEM certificate",
    why: "A mirror's CA file holds no certificate in PEM format, or something else besides.",
    fix: "Name a file of -----BEGIN CERTIFICATE----- blocks, without any private key.",
  },
  AS1214: {
    title: "name used twice",
    why: "Pools, nodes, SSH keys and mirrors are told apart by name, so each name may be used once.",
    fix: "Rename one of them.",
  },
  AS1215: {
    title: "count and names contradict each other",
    why: "A pool says how many nodes it has either by count or by listing their names.",
    fix: "Keep exactly one of count and names.",
  },
  AS1216: {
    title: "role does not belong to the deployment",
    why: "Each deployment knows what to do with certain roles only.",
    fix: "Use one of the listed roles, or another deployment.",
  },
  AS1217: {
    title: "the deployment lacks a role",
    why: "A deployment cannot work without at least one node of certain roles.",
    fix: "Add a pool with the named role.",
  },
  AS1218: {
    title: "number of members that tolerates no more failures than one member less",
    why: "A quorum is more than half of the members: an even number survives as few losses as the odd number below it, and more than seven slow every write down. This is a warning.",
    fix: "Use 1, 3, 5 or 7 members, unless the number is meant to last for a short time only.",
  },
  AS1219: {
    title: "no such release of the image",
    why: "The image family has other releases.",
    fix: "Use one of the listed releases.",
  },
  AS1220: {
    title: "the image has no such kernel",
    why: "Not every image comes with a real-time kernel.",
    fix: "Use one of the listed kernels, or another image.",
  },
  AS1221: {
    title: "no device plan",
    why: "A pool names no devicePlan, and the substrate has no capacity list to choose from.",
    fix: "Give the pool a devicePlan, or list plans in substrate.metal.capacity.",
  },
  AS1222: {
    title: "endpoints of one registry differ in mode",
    why: "Either all endpoints of a registry may fall back to it, or none.",
    fix: "Use the same mode for every endpoint of the registry.",
  },
  AS1223: {
    title: "the container runtime cannot express the mirror",
    why: "Formats differ in what they can say: dockerd mirrors docker.io only, by plain host, and always falls back to it; podman and CRI-O have no mirror for all registries. docs/registries.md has the whole table.",
    fix: "Remove the named runtime from registries.runtimes, or change the mirror.",
  },
  AS1224: {
    title: "name is taken by a group of nodes",
    why: "Playbooks address nodes by groups named after roles and pools, so a pool may not have the name of a role that its nodes lack, nor a word that has a meaning of its own.",
    fix: "Rename the pool.",
  },
  AS1225: {
    title: "not an allowed variable name",
    why: "Variables are used in templates, where names are letters, digits and underscores.",
    fix: "Rename the variable; it may not start with a digit.",
  },
  AS1226: {
    title: "number too large to be kept exactly",
    why: "Whole numbers beyond 2^53 lose digits on their way through Terraform.",
    fix: "Put the number into quotes.",
  },
  AS1227: {
    title: "not a playbook",
    why: "A file in bootstrap.plays is not a YAML list of plays.",
    fix: "Name a playbook in Ansible's syntax.",
  },
  AS1228: {
    title: "a container image cannot be used",
    why: "The text is not a reference to a container image, or its name says amd64: such a name stays wrong on arm64, whatever its index holds.",
    fix: "Write registry/name:tag, and name an image for arm64; registries.rewrites can replace names.",
  },
  AS1229: {
    title: "a rule of registries.rewrites cannot be used",
    why: "A side of the rule is malformed, the two sides do not have the same form, or the rules lead in a circle.",
    fix: "Use name:tag for one image, name:* for every tag, or registry/* for all below it, on both sides.",
  },
  AS1230: {
    title: "a login of a registry mirror is not in the environment",
    why: "The files hold logins, which come from the environment as they do for Terraform: the value of x from TF_VAR_x. One of these is not set, or has more than one line.",
    fix: "Set the named variable for this command.",
  },
  AS1231: {
    title: "two container images would have the same place in a mirror",
    why: "A mirror of several registries holds images by their names alone, and two registries have an image of this name.",
    fix: "Give each registry an endpoint with a path of its own.",
  },
  AS1233: {
    title: "nothing brings the image to the machines",
    why: "The machine API does not install this family; a script of iPXE's has to boot it. The lab installs some families that no other API has.",
    fix: "Set ipxe of the image to the URL of a script that boots it.",
  },
  AS1234: {
    title: "a deployment that does not run on the image",
    why: "The deployment is made for other families of images, or needs nodes that playbooks can reach.",
    fix: "Use one of the named families for the pool.",
  },
  AS1235: {
    title: "a rule of the deployment does not hold",
    why: "The deployment comes from another package, which brings rules of its own.",
    fix: "Do what the message says; the package's own documentation knows more.",
  },
  AS1236: {
    title: "a device plan that is not ARM64",
    why: "The plan's name says x86: none of the images, kernels and container images of a cluster runs there.",
    fix: "Use an ARM64 plan.",
  },
  AS1237: {
    title: "an image that takes no kernel arguments from a pool",
    why: "Tuning is done by a play that tells the boot loader, or by the deployment's own commands. Some images have neither.",
    fix: "Write the arguments where the image has them, or use another family.",
  },
  AS1238: {
    title: "kernel tuning that cannot be",
    why: "A list of CPUs is malformed, names CPU 0 or one that the machines do not have, or huge pages take all memory.",
    fix: "Leave at least CPU 0, and some memory, to the kernel itself.",
  },
  AS1232: {
    title: "a login of a registry mirror names no secret variable",
    why: "Logins are written nowhere: mirrors refer to variables of bootstrap.secretVars, whose values Terraform takes from TF_VAR_name.",
    fix: "Add the name to bootstrap.secretVars.",
  },
} as const satisfies Record<string, CodeEntry>;
