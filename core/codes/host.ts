/** Codes of SSH hosts and of tasks on them (AS22… and AS23…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";
import { TASK_CODES } from "./task";

/** Codes of the connection to a host: after one of these, the host counts as unreachable. */
export const CONNECTION_CODES = {
  AS2201: {
    title: "the host cannot be reached by SSH",
    why: "No SSH connection could be made within the time limit.",
    fix: "Check that the machine is up, its address and port, and that no firewall is between.",
  },
  AS2202: {
    title: "the host refuses connections",
    why: "The machine answers, but nothing listens on the SSH port.",
    fix: "Check the port, and that the SSH server runs; a machine that boots may need more time.",
  },
  AS2203: {
    title: "the host's key is not the expected one",
    why: "The server at this address shows another host key than the one that was given or pinned at first contact. Either the machine was reinstalled, or somebody answers in its place.",
    fix: "If the machine was reinstalled or replaced on purpose, put its new key in place of the old one (of a bastion: host_keys or access.bastion.hostKeys, or its line of known_hosts); otherwise do not connect, and find out who answers.",
  },
  AS2204: {
    title: "no host key is known",
    why: "Host keys are always checked, and for this host none was given or pinned.",
    fix: "Give the host's public key, for armstead play as a line of known_hosts, or let the device resource pin it at first contact.",
  },
  AS2205: {
    title: "the host refuses the login",
    why: "The server accepted neither the key nor the agent's keys for this user.",
    fix: "Check the user name, and that the public half of the key stands in the user's authorized_keys.",
  },
  AS2206: {
    title: "the private key cannot be used",
    why: "The text is not a private key in OpenSSH, PEM or PuTTY form.",
    fix: "Give the private half of a key pair, or load it into an SSH agent.",
  },
  AS2207: {
    title: "no SSH server answers",
    why: "Something accepts connections on the port, but does not begin to speak SSH.",
    fix: "Check the port. A server that has too many logins at once behaves like this too: lower the number of forks, or raise MaxStartups.",
  },
  AS2208: {
    title: "no common SSH algorithm",
    why: "The server and Armstead have no key exchange, cipher or host key type in common.",
    fix: "Use a current OpenSSH or dropbear with an Ed25519, ECDSA or RSA host key.",
  },
  AS2209: {
    title: "the connection was lost",
    why: "The connection ended while a command ran. Whether the command had its effect is not known.",
    fix: "Run it again: tasks that had their effect are found to be done.",
  },
  AS2210: {
    title: "the host did not come back in time",
    why: "After a restart no SSH connection could be made within the time limit.",
    fix: "Look at the machine's console; raise the time limit if it only boots slowly.",
  },
  AS2211: {
    title: "no way to log in was given",
    why: "Neither a private key nor an SSH agent is at hand.",
    fix: "Give a private key, or start an SSH agent and load the key.",
  },
  AS2212: {
    title: "the host runs no commands",
    why: "The login works, but the server refuses to run commands for this user.",
    fix: "Remove a ForceCommand, a forced command in authorized_keys or a restricted shell, or log in as another user.",
  },
  AS2213: {
    title: "the bastion cannot be reached",
    why: "Hosts are behind a bastion, and no SSH connection to the bastion could be made. The hosts themselves may be well.",
    fix: "Check the bastion's address and port, and that it is up and lets this machine in.",
  },
  AS2214: {
    title: "the bastion does not pass the connection on",
    why: "The login at the bastion worked, but its SSH server forbids this user to open connections from there.",
    fix: "Set AllowTcpForwarding and PermitOpen in the bastion's sshd_config, or remove no-port-forwarding and restrict from the key's line in authorized_keys.",
  },
  AS2215: {
    title: "the private key needs a passphrase",
    why: "The private key is encrypted, and no passphrase was given.",
    fix: "Set ARMSTEAD_SSH_PASSPHRASE, private_key_passphrase of armstead_playbook or armstead play --passphrase-file, or load the key into an SSH agent.",
  },
  AS2216: {
    title: "the passphrase is not that of the private key",
    why: "The private key is encrypted, and the passphrase that was given does not open it.",
    fix: "Correct ARMSTEAD_SSH_PASSPHRASE, private_key_passphrase or the file of --passphrase-file; ssh-keygen -y -f KEY tells whether a passphrase fits.",
  },
} as const satisfies Record<string, CodeEntry>;

/** Codes of commands and files on a host that was reached: the task fails, the host stays. */
const COMMAND_CODES = {
  AS2221: {
    title: "the command ran into its time limit",
    why: "The command did not end in time; it was asked to stop, then killed.",
    fix: "Raise the time limit, or find out on the host what the command waits for.",
  },
  AS2222: {
    title: "the command cannot be sent",
    why: "A word of the command holds a NUL, or the name of an environment variable is not made of letters, digits and underscores.",
    fix: "Remove the NUL, or correct the name.",
  },
  AS2223: {
    title: "the user cannot be changed on the host",
    why: "sudo or su refused: wrong or missing password, no right, or no such user.",
    fix: "Check become_user, become_method and the password; without a password sudo needs NOPASSWD for this user.",
  },
  AS2224: {
    title: "the file cannot be read",
    why: "The host refused to read the file, or it is larger than the limit.",
    fix: "Check the path and the rights of the user; use become if root is needed.",
  },
  AS2225: {
    title: "the file cannot be written",
    why: "The host could not write the new file beside the old one, or not put it in its place. The old file is as it was.",
    fix: "Check that the folder exists, that the disk has room, and that the user may write there; use become if root is needed.",
  },
} as const satisfies Record<string, CodeEntry>;

/** Codes of SSH hosts and of tasks on them. */
export const HOST_CODES = {
  ...CONNECTION_CODES,
  ...COMMAND_CODES,
  ...TASK_CODES,
} as const satisfies Record<string, CodeEntry>;
