/**
 * Files that a cluster refers to: public keys, certificates, playbooks. Reads only; what is wrong
 * comes back as parts of a fault, since only the caller knows where the path was written.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { isMap, isSeq, parseDocument } from "yaml";
import type { Code, FaultParts } from "../core/faults";
import type { CertificateFile, FileReference, PlaybookFile, PublicKey, TextFile } from "./config";

/** Where relative paths and `~` lead. */
export interface PathBase {
  /** Absolute folder that relative paths count from. */
  readonly folder: string;
  /** The home folder, for `~`; undefined when the environment names none. */
  readonly home: string | undefined;
}

/** A file's value, or why there is none. */
export type Read<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "wrong"; readonly code: Code; readonly parts: FaultParts };

/** Largest file that may travel: all of them end up in Terraform's state. */
const MAX_BYTES = 1024 * 1024;
/** Folders beside a playbook whose files travel with it, as in Ansible. */
const TRAVELLING_FOLDERS = [
  "files",
  "group_vars",
  "host_vars",
  "roles",
  "tasks",
  "templates",
  "vars",
];
/** Files beside a playbook that travel when it names them. */
const TRAVELLING_FILES = /\.(ya?ml|json|j2|sh)$/;
const PUBLIC_KEY =
  /^((?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp\d+|sk-[a-z0-9-]+@openssh\.com) [A-Za-z0-9+/]+={0,2})(?: .*)?$/;
const CERTIFICATES =
  /^(\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;

/** Where a path leads. */
export function resolveFile(written: string, { folder, home }: PathBase): FileReference {
  const expanded = home === undefined ? written : written.replace(/^~(?=\/|$)/, () => home);
  return { written, absolute: path.resolve(folder, expanded) };
}

/** A text file as it is. */
export function readTextFile(written: string, base: PathBase): Read<TextFile> {
  return readAs(written, base, (content, file) => read({ ...file, content }));
}

/** One public key in OpenSSH's format. */
export function readPublicKey(written: string, base: PathBase): Read<PublicKey> {
  return readAs(written, base, (text, file) => {
    const line = PUBLIC_KEY.exec(text.trim())?.[1];
    if (line !== undefined) return read({ ...file, line });
    const hint = text.includes("PRIVATE KEY")
      ? "this is a private key: name its .pub file"
      : undefined;
    return wrong("AS1212", written, hint);
  });
}

/** One or more certificates in PEM format. */
export function readCertificates(written: string, base: PathBase): Read<CertificateFile> {
  return readAs(written, base, (text, file) =>
    CERTIFICATES.test(text)
      ? read({ ...file, pem: `${text.trim().replaceAll("\r\n", "\n")}\n` })
      : wrong("AS1213", written),
  );
}

/** A playbook and what travels with it. */
export function readPlaybook(written: string, base: PathBase): Read<PlaybookFile> {
  return readAs(written, base, (content, file) => {
    if (!isListOfPlays(content)) return wrong("AS1227", written);
    const files: Record<string, string> = {};
    const folder = path.dirname(file.absolute);
    for (const name of [...travellingNames(folder), ...namedBeside(file.absolute, content)]) {
      const inner = readText(path.join(folder, name), `${written} → ${name}`);
      if (inner.kind === "wrong") return inner;
      files[name] = inner.value;
    }
    return read({ ...file, content, files });
  });
}

/** More than this is checked where playbooks are known: by the provider, with line and column. */
function isListOfPlays(content: string): boolean {
  const { contents, errors } = parseDocument(content);
  return errors.length === 0 && isSeq(contents) && contents.items.every((it) => isMap(it));
}

function readAs<T>(
  written: string,
  base: PathBase,
  parse: (text: string, file: FileReference) => Read<T>,
): Read<T> {
  const file = resolveFile(written, base);
  const text = readText(file.absolute, written);
  return text.kind === "wrong" ? text : parse(text.value, file);
}

/** A whole file as UTF-8 text. */
export function readText(absolute: string, shown: string): Read<string> {
  try {
    const { size } = statSync(absolute);
    if (size > MAX_BYTES) return wrong("AS1211", shown, "it is larger than 1 MiB");
    return read(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(absolute)));
  } catch (error) {
    return wrong("AS1211", shown, describeReadFailure(error));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read by this user",
  ERR_ENCODING_INVALID_ENCODED_DATA: "it is not UTF-8 text",
};

/** Why reading a file failed, in one clause. */
export function describeReadFailure(error: unknown): string {
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  const code = hasCode ? String(error.code) : "no reason given";
  return REASONS[code] ?? `reading it fails: ${code}`;
}

function travellingNames(folder: string): string[] {
  const found = TRAVELLING_FOLDERS.flatMap((name) => {
    const below = path.join(folder, name);
    if (!statSync(below, { throwIfNoEntry: false })?.isDirectory()) return [];
    return readdirSync(below, { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile())
      .map((it) => path.relative(folder, path.join(it.parentPath, it.name)));
  });
  return found.map((it) => it.split(path.sep).join("/")).sort();
}

/** Files in the playbook's own folder that it names, and those that these name: `import_tasks: more.yml`. */
function namedBeside(playbook: string, content: string): string[] {
  const folder = path.dirname(playbook);
  const others = readdirSync(folder, { withFileTypes: true })
    .filter((it) => it.isFile() && TRAVELLING_FILES.test(it.name))
    .map((it) => it.name)
    .filter((it) => it !== path.basename(playbook));
  const named = new Set<string>();
  const texts = [content];
  for (const text of texts) {
    for (const name of others.filter((it) => !named.has(it) && mentions(text, it))) {
      named.add(name);
      const inner = readText(path.join(folder, name), name);
      if (inner.kind === "read") texts.push(inner.value);
    }
  }
  return [...named].sort();
}

function mentions(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return (
    at >= 0 && !/[\w./-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + name.length))
  );
}

function read<T>(value: T): Read<T> {
  return { kind: "read", value };
}

function wrong(code: Code, given: string, hint?: string): Read<never> {
  return { kind: "wrong", code, parts: { given, ...(hint === undefined ? {} : { hint }) } };
}
