/**
 * Variables that say how a host is reached. Those that would have to change how it is done are refused; those without which
 * nothing goes wrong (timeouts, the interpreter, pipelining) are left be. Source: the options of Ansible's `ssh`
 * connection and `sudo` become plugins. Pure.
 */
import { parseProxyJump, type ProxyJump } from "./proxy-jump";
import { isTemplate } from "../template/tokens";
import type { InventoryJump } from "../inventory-host";
import type { Variables } from "../play";

/** How a host is reached. */
export interface HostConnection {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** What the inventory does not say. */
  readonly open: { readonly user: boolean; readonly port: boolean };
  /** File with the private key, as written. */
  readonly keyFile?: string;
  /** The host through which it is reached. */
  readonly jump?: InventoryJump;
}

/** A variable that cannot be used. */
export interface WrongVariable {
  readonly variable: string;
  readonly problem: string;
  readonly given: unknown;
  readonly hint?: string;
}

const DEFAULT_PORT = 22;
const DEFAULT_USER = "root";
/** Where several are given, Ansible takes the last. */
const ADDRESS = ["ansible_host", "ansible_ssh_host"];
const PORT = ["ansible_port", "ansible_ssh_port"];
const USER = ["ansible_user", "ansible_ssh_user"];
const KEY_FILE = ["ansible_ssh_private_key_file", "ansible_private_key_file"];

/** Ways to a host. */
export const CONNECTIONS: readonly string[] = ["ssh", "smart", "paramiko", "paramiko_ssh", "local"];
/** Variables that say who logs in and where. */
export const SAYS_LOGIN: readonly string[] = [
  ...ADDRESS,
  ...PORT,
  ...USER,
  ...KEY_FILE,
  "ansible_connection",
];

/** Variables that may only have these values. */
const CHOICES: Readonly<
  Record<string, { readonly allowed: readonly string[]; readonly hint: string }>
> = {
  ansible_connection: {
    allowed: CONNECTIONS,
    hint: "hosts are reached by SSH, or are this machine: local",
  },
  ansible_become_method: { allowed: ["sudo", "su"], hint: "use sudo or su" },
  ansible_shell_type: { allowed: ["sh", "csh", "fish"], hint: "hosts have a POSIX shell" },
};
const SSH_OPTIONS =
  "of the options of ssh only ProxyJump is read, alone: -o ProxyJump=user@host:port; host keys come from --known-hosts";
/** What flags of sudo and su may say. */
export const OWN_FLAGS =
  "sudo is called with -H -n or -S, su with -s /bin/sh, and neither with anything else";
const JUMPING = ["ansible_ssh_common_args", "ansible_ssh_extra_args", "ansible_ssh_args"];
const LOGIN_PASSWORDS = ["ansible_password", "ansible_ssh_password", "ansible_ssh_pass"];
const REFUSED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(LOGIN_PASSWORDS.map((it) => [it, "give a private key, or an agent"])),
  ansible_ssh_common_args: SSH_OPTIONS,
  ansible_ssh_extra_args: SSH_OPTIONS,
  ansible_ssh_args: SSH_OPTIONS,
  ...Object.fromEntries(
    ["become", "sudo", "su"].flatMap((it) => [
      [`ansible_${it}_exe`, "sudo and su are called by their names"],
      [`ansible_${it}_flags`, OWN_FLAGS],
    ]),
  ),
};

/** Variables that are refused, unless they say nothing. */
export const REFUSED_VARIABLES: readonly string[] = Object.keys(REFUSED);

/** What is told of the value of one of them. @returns undefined where nobody may see it */
export function tellable(variable: string, value: unknown): unknown {
  return LOGIN_PASSWORDS.includes(variable) ? undefined : value;
}

/** @param vars - all variables of the host, those of its groups included */
export function readConnection(
  name: string,
  vars: Variables,
): { readonly connection: HostConnection; readonly wrong: readonly WrongVariable[] } {
  const [address, port, user, keyFile] = [ADDRESS, PORT, USER, KEY_FILE].map((it) =>
    lastOf(vars, it),
  );
  const [jump] = JUMPING.map((it) => jumpOf(vars[it])).filter((it) => it !== undefined);
  const login = user === undefined ? DEFAULT_USER : String(user.value);
  const wrong = [
    ...checkText(address),
    ...checkPort(port),
    ...checkText(user),
    ...checkText(keyFile),
    ...checkChoices(vars),
    ...checkRefused(vars),
  ];
  return {
    connection: {
      address: address === undefined ? name : String(address.value),
      port: port !== undefined && isPort(Number(port.value)) ? Number(port.value) : DEFAULT_PORT,
      user: login,
      open: { user: user === undefined, port: port === undefined },
      ...(keyFile === undefined ? {} : { keyFile: String(keyFile.value) }),
      ...(jump === undefined ? {} : { jump: { ...jump, user: jump.user ?? login, hostKeys: [] } }),
    },
    wrong,
  };
}

/**
 * What is wrong with variables that plays, tasks and files of variables give.
 * @param readsKeys - whether a run can read files with keys
 */
export function wrongInPlays(vars: Variables, readsKeys: boolean): readonly WrongVariable[] {
  const [address, port, user, keyFile] = [ADDRESS, PORT, USER, KEY_FILE].map((it) =>
    lastOf(vars, it),
  );
  return [
    ...checkText(address),
    ...checkPort(port),
    ...checkText(user),
    ...(keyFile === undefined || readsKeys ? checkText(keyFile) : [refusedKey(keyFile)]),
    ...checkChoices(vars),
    // What a template gives is known when the play runs: often it is nothing.
    ...checkRefused(vars).filter(({ variable }) => !isTemplateText(vars[variable])),
  ];
}

/** Variables of which only the inventory's are read. @returns those that would be left out */
export function onlyOfInventories(vars: Variables): readonly WrongVariable[] {
  const hint = "write it into the inventory, or into group_vars";
  return JUMPING.filter((it) => jumpOf(vars[it]) !== undefined).map((variable) => {
    return {
      variable,
      problem: `${variable} is read in inventories only`,
      given: vars[variable],
      hint,
    };
  });
}

function refusedKey({ variable, value }: Found): WrongVariable {
  const hint = "give the key as private_key; armstead play reads files";
  return { variable, problem: `${variable} is not supported here`, given: value, hint };
}

interface Found {
  readonly variable: string;
  readonly value: unknown;
}

function lastOf(vars: Variables, names: readonly string[]): Found | undefined {
  const variable = names.findLast((it) => Object.hasOwn(vars, it) && vars[it] !== null);
  return variable === undefined ? undefined : { variable, value: vars[variable] };
}

function checkText(found: Found | undefined): WrongVariable[] {
  if (found === undefined || typeof found.value === "string" || typeof found.value === "number") {
    return [];
  }
  const { variable, value } = found;
  return [{ variable, problem: `${variable} is a text`, given: value }];
}

function checkPort(found: Found | undefined): WrongVariable[] {
  if (found === undefined || isTemplateText(found.value) || isPort(Number(found.value))) return [];
  const { variable, value } = found;
  return [{ variable, problem: `${variable} is a number from 1 to 65535`, given: value }];
}

function checkChoices(vars: Variables): WrongVariable[] {
  return Object.entries(CHOICES).flatMap(([variable, { allowed, hint }]) => {
    const value = vars[variable];
    if (value === undefined || value === null || isTemplateText(value)) return [];
    const known =
      typeof value === "string" && allowed.includes(value.replace(/^ansible\.builtin\./, ""));
    return known ? [] : [{ variable, problem: `${variable} is not supported`, given: value, hint }];
  });
}

function checkRefused(vars: Variables): WrongVariable[] {
  return Object.entries(REFUSED).flatMap(([variable, hint]) => {
    const value = vars[variable];
    if (value === undefined || value === null || value === "") return [];
    if (variable.endsWith("_flags") && isGivenAnyway(value)) return [];
    if (JUMPING.includes(variable) && jumpOf(value) !== undefined) return [];
    const given = tellable(variable, value);
    return [{ variable, problem: `${variable} is not supported`, given, hint }];
  });
}

/** Whether flags of sudo and su ask for nothing but what they are called with in any case. */
export function isGivenAnyway(flags: unknown): boolean {
  return typeof flags === "string" && /^(?:\s*(?:-[HSn]+|-s\s+\/bin\/sh)(?=\s|$))*\s*$/.test(flags);
}

function jumpOf(value: unknown): ProxyJump | undefined {
  return typeof value === "string" ? parseProxyJump(value) : undefined;
}

function isTemplateText(value: unknown): boolean {
  return typeof value === "string" && isTemplate(value);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}
