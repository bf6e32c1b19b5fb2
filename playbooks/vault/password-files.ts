/** Passwords of vaults from files; an executable file is run, and prints its password, as Ansible has it. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fault, type Fault, UserFault } from "../../core/faults";
import type { Environment } from "../../core/folders";
import { Secret } from "../../core/secret";
import type { VaultPassword } from "./vault";

/** Where relative paths lead, and what programs are run in. */
export interface PasswordPlace {
  /** Absolute. */
  readonly folder: string;
  readonly environment: Environment;
}

/** The variable that names a file where no option does. */
export const PASSWORD_FILE_VARIABLE = "ANSIBLE_VAULT_PASSWORD_FILE";
const LONGEST_RUN_MS = 60_000;
const MAX_BYTES = 1024 * 1024;
/** Programs of this name are told the label. */
const CLIENT = /-client(?:\.\w+)?$/;

/**
 * Reads passwords.
 * @param named - `FILE` or `LABEL@FILE`; in place of the file, `env:NAME` names a variable of the environment
 * @throws UserFault AS1417, one fault for each that cannot be read
 */
export function readPasswordFiles(named: readonly string[], place: PasswordPlace): VaultPassword[] {
  const faults: Fault[] = [];
  const passwords = named.flatMap((it) => {
    const read = readPassword(it, place);
    if (typeof read !== "string") return [read];
    faults.push(fault("AS1417", "", { given: it, hint: read }));
    return [];
  });
  if (faults.length > 0) throw new UserFault(faults);
  return passwords;
}

/** What the environment names; none when it names nothing. @throws UserFault AS1417 */
export function readEnvironmentPasswords(place: PasswordPlace): VaultPassword[] {
  const named = place.environment[PASSWORD_FILE_VARIABLE];
  return named === undefined || named === "" ? [] : readPasswordFiles([named], place);
}

/** @returns why there is none, in one clause */
function readPassword(named: string, place: PasswordPlace): VaultPassword | string {
  const variable = /^(?:(?<id>[^@]+)@)?env:(?<name>\w+)$/.exec(named)?.groups;
  if (variable) return fromVariable(variable, place.environment);
  const { id, file } = splitLabel(named, place);
  if (file === "prompt") return "nobody is asked: name a file";
  const text = isExecutable(file) ? runProgram(file, id, place) : readText(file);
  if ("problem" in text) return text.problem;
  if (text.password === "") return "it is empty";
  return { password: new Secret(text.password), ...(id === undefined ? {} : { id }) };
}

/** `env:NAME`: for programs that call the command, and write no file. */
function fromVariable(
  { id, name = "" }: Readonly<Record<string, string | undefined>>,
  environment: Environment,
): VaultPassword | string {
  const password = environment[name] ?? "";
  if (password === "") return `${name} is not set in the environment`;
  return { password: new Secret(password), ...(id === undefined ? {} : { id }) };
}

function splitLabel(
  named: string,
  { folder, environment }: PasswordPlace,
): { readonly id?: string; readonly file: string } {
  const resolve = (file: string): string =>
    path.resolve(
      folder,
      file.replace(/^~(?=\/)/, () => environment.HOME ?? "~"),
    );
  const at = named.indexOf("@");
  if (at < 0 || statSync(resolve(named), { throwIfNoEntry: false }))
    return { file: resolve(named) };
  const file = named.slice(at + 1);
  const id = named.slice(0, at);
  return { file: file === "prompt" ? file : resolve(file), ...(id === "" ? {} : { id }) };
}

type Text = { readonly password: string } | { readonly problem: string };

function readText(file: string): Text {
  try {
    if (statSync(file).size > MAX_BYTES) return { problem: "it is larger than 1 MiB" };
    return { password: readFileSync(file, "utf8").trim() };
  } catch (error) {
    const hasCode = typeof error === "object" && error !== null && "code" in error;
    const code = hasCode ? String(error.code) : "no reason given";
    return { problem: code === "ENOENT" ? "there is no such file" : `reading it fails: ${code}` };
  }
}

function isExecutable(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a program says where it fails is not shown: it may be the password. */
function runProgram(
  file: string,
  id: string | undefined,
  { folder, environment }: PasswordPlace,
): Text {
  const words = CLIENT.test(path.basename(file)) ? ["--vault-id", id ?? "default"] : [];
  const { error, status, stdout } = spawnSync(file, words, {
    cwd: folder,
    env: { ...environment },
    encoding: "utf8",
    maxBuffer: MAX_BYTES,
    stdio: ["ignore", "pipe", "ignore"],
    timeout: LONGEST_RUN_MS,
  });
  if (error)
    return { problem: `running it fails: ${"code" in error ? String(error.code) : error.message}` };
  if (status !== 0)
    return { problem: `it is executable, and ended with exit code ${status ?? "none"}` };
  return { password: stdout.replace(/^[\r\n]+|[\r\n]+$/g, "") };
}
