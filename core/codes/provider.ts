/** Codes of provider configuration and resources (AS18…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of provider configuration and resources. */
export const PROVIDER_CODES = {
  AS1801: {
    title: "no API token",
    why: "The provider was given no auth_token, and neither ARMSTEAD_AUTH_TOKEN nor METAL_AUTH_TOKEN is set.",
    fix: 'Set ARMSTEAD_AUTH_TOKEN; for endpoint "lab" start the lab first: npx armstead lab up.',
  },
  AS1802: {
    title: "stopped on request",
    why: "Terraform was interrupted while the work went on.",
    fix: "Nothing is lost: what exists is in the state. Run the same command again to go on.",
  },
  AS1803: {
    title: "not a duration",
    why: "A time limit in timeouts is not written as a duration, or is zero.",
    fix: "Write a number with a unit, such as 90s, 20m or 1h30m.",
  },
  AS1804: {
    title: "this Terraform would store a write-only argument",
    why: "Write-only arguments need Terraform 1.11 or later; an older one would keep the secret in its state.",
    fix: "Use Terraform 1.11 or later, or leave the argument out.",
  },
  AS1805: {
    title: "nothing to import",
    why: "No object has the id that was given to import.",
    fix: "Check the id, and that the provider is configured for the right endpoint and project.",
  },
  AS1806: {
    title: "this type cannot be imported",
    why: "What the resource stands for cannot be read back from the outer world.",
    fix: "Leave it out of the import; apply makes it anew.",
  },
  AS1807: {
    title: "the stored state is too old",
    why: "The state was written by a version that this provider has no way up from.",
    fix: "Apply once with a provider version in between, or remove the object from the state and import it.",
  },
  AS1808: {
    title: "a number with too many digits",
    why: "The argument takes numbers that a double holds exactly.",
    fix: "Use fewer digits.",
  },
  AS1809: {
    title: "a value that cannot be read",
    why: "A value is not of the type its argument has, or a map has the key __proto__.",
    fix: "Change the value at the shown place.",
  },
  AS1810: {
    title: "the provider is not configured yet",
    why: "Arguments of the provider block depend on objects that do not exist yet, and this step needs them.",
    fix: "Give the provider block values that are known before apply, or apply the objects it depends on first with -target.",
  },
  AS1811: {
    title: "an element that is null",
    why: "An element of a list, set or map is null, where each element says something.",
    fix: "Leave the element out, such as with compact() or an if in a for expression.",
  },
  AS1820: {
    title: "unknown word",
    why: "The argument takes one of a few words.",
    fix: "Use one of the allowed words.",
  },
  AS1821: {
    title: "a number out of range",
    why: "The argument takes whole numbers of a certain range.",
    fix: "Use a number of the allowed range.",
  },
  AS1822: {
    title: "not an object of variables",
    why: "vars holds variables by name.",
    fix: 'Write an object, such as vars = { etcd_version = "3.5" }.',
  },
  AS1823: {
    title: "secret variables without a version",
    why: "Secret variables are stored nowhere, so nothing but their version tells that they changed.",
    fix: "Set secret_vars_version, and raise it with every change of a secret.",
  },
  AS1824: {
    title: "no SSH key",
    why: "Hosts are reached with an SSH key, and none was found in any of the places where it may be.",
    fix: "Set private_key, private_key_path, ARMSTEAD_SSH_PRIVATE_KEY or ARMSTEAD_SSH_PRIVATE_KEY_FILE, or start an SSH agent.",
  },
  AS1825: {
    title: "the SSH key cannot be read",
    why: "The file that is named as private key is missing or may not be read.",
    fix: "Check the path; relative paths count from the folder in which Terraform runs.",
  },
  AS1826: {
    title: "a play failed on a host",
    why: "A task failed; the other hosts went on, and what was done there is in the state.",
    fix: "Mend what the task complains about and apply again.",
  },
  AS1827: {
    title: "a host cannot be reached",
    why: "No SSH connection to the host could be made; the other hosts went on.",
    fix: "Check that the machine is up and apply again.",
  },
  AS1828: {
    title: "a host was not brought to its end",
    why: "The run was stopped, or its time limit passed, before the host was done.",
    fix: "Apply again: the host goes on where it stands.",
  },
  AS1829: {
    title: "drift was not looked for",
    why: "Refresh runs the plays in check mode. It had no key, could not log in, does not know which variables are secret, or ran out of time.",
    fix: 'Give refresh a key (private_key_path, ARMSTEAD_SSH_PRIVATE_KEY or an agent), or set drift = "off".',
  },
  AS1830: {
    title: "destroy playbooks were not run",
    why: "A private_key is stored nowhere, and no other SSH key was found when the resource was destroyed.",
    fix: "Set private_key_path or ARMSTEAD_SSH_PRIVATE_KEY, so that the key is there when resources are destroyed.",
  },
  AS1831: {
    title: "a host name that cannot be used",
    why: "Plays and limits mean hosts and groups by name, so a name must be plain and mean one thing only.",
    fix: "Rename the host or the group.",
  },
  AS1832: {
    title: "a secret variable in a destroy playbook",
    why: "Destroy runs with what the state holds, and secret variables are stored nowhere: the play would fail, and the resource could not be destroyed.",
    fix: "Write the destroy playbook without the variable; what it needs may be read from a file on the host.",
  },
  AS1850: {
    title: "no API endpoint",
    why: "The provider was given no endpoint, and ARMSTEAD_ENDPOINT is not set.",
    fix: 'Write endpoint = "lab" for the lab, or the URL of a Packet-style API.',
  },
  AS1851: {
    title: "not an API endpoint",
    why: "The endpoint is neither lab nor an http or https URL without user, query and fragment.",
    fix: "Write it like https://api.example/metal/v1.",
  },
  AS1852: {
    title: "unknown dialect",
    why: "The API speaks a dialect that this version does not know.",
    fix: "Leave dialect out, or write packet.",
  },
  AS1853: {
    title: "a number out of range",
    why: "The argument takes whole numbers of a certain range.",
    fix: "Use a number of the range that is shown.",
  },
  AS1870: {
    title: "a token of the environment in the clear",
    why: "The endpoint is a plain http URL of another machine: whoever is on the way could read the token, and one in the environment may be meant for another service.",
    fix: "Use https, or give the token to this provider by its argument auth_token when the way is safe.",
  },
  AS1854: {
    title: "not a host name",
    why: "Host names are labels of letters, digits and inner hyphens, joined by dots; an underscore is refused by the API.",
    fix: "Use letters, digits, hyphens and dots.",
  },
  AS1855: {
    title: "not an OpenSSH public key",
    why: "A key is one line: its type, the key in base64, and maybe a comment.",
    fix: "Give the content of a .pub file; a private key never belongs here.",
  },
  AS1856: {
    title: "not a JSON object",
    why: "Custom data is kept by the API as a JSON object.",
    fix: "Use jsonencode({ … }).",
  },
  AS1857: {
    title: "iPXE settings that contradict each other",
    why: "custom_ipxe boots from ipxe_script_url or from user data that begins with #!ipxe, one of them; other operating systems take no script URL.",
    fix: "Set exactly one script for custom_ipxe, and none for other systems.",
  },
  AS1858: {
    title: "not an id",
    why: "Objects of the API are imported and looked up by their UUID.",
    fix: "Copy the id from the API; a host name or label is none.",
  },
  AS1859: {
    title: "a reserved tag",
    why: "Tags that begin with armstead-claim:, armstead-name: or armstead-apply: say what belongs to which state, and are set by the provider alone.",
    fix: "Use another tag; for a claim set claim_id.",
  },
  AS1860: {
    title: "two resources of one name under one claim",
    why: "Under a claim what an interrupted create has left is found again by its host name or label, so that no two of one name can be made in one run.",
    fix: "Give one of them another name, or another claim.",
  },
  AS1861: {
    title: "a failed device is replaced",
    why: "The service shows the device as failed, and nothing but deleting it helps.",
    fix: "Apply the plan; the device's events tell why it failed.",
  },
  AS1862: {
    title: "not exactly one way to look it up",
    why: "The data source finds its object by one of several arguments, and none or more than one is set.",
    fix: "Set exactly one of the arguments that are shown.",
  },
  AS1863: {
    title: "not exactly one object found",
    why: "No object, or more than one, fits what the data source was asked for.",
    fix: "Look it up by its id.",
  },
  AS1864: {
    title: "not a time",
    why: "The API takes times as in RFC 3339.",
    fix: "Write it like 2030-01-31T12:00:00Z.",
  },
  AS1865: {
    title: "not a name for a project",
    why: "A project's name has 1 to 80 characters.",
    fix: "Use a shorter name, or any at all.",
  },
  AS1866: {
    title: "no host key could be pinned",
    why: "The imported device does not answer by SSH, so its host keys stay unknown.",
    fix: "Name them in host_keys, or check that the device is active and its ssh_port is right.",
  },
  AS1867: {
    title: "an object that another resource may have",
    why: "Something was made under this claim and name, and no refresh has found it in a state since: another resource has it, or Terraform was killed before it wrote its state. To take it over or to delete it might hit what is in use.",
    fix: "Run terraform apply -refresh-only with a token that may write, then apply again. If it is refused again, no resource has it: import it by its id, or delete it.",
  },
  AS1868: {
    title: "the public key is there already",
    why: "A project, or a user, has each public key once, under one label.",
    fix: "Say access.createKeys: false in the cluster, or look the key up with the data source armstead_ssh_key and use its id; take it over with terraform import, or give another key or project.",
  },
} as const satisfies Record<string, CodeEntry>;
