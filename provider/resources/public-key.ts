/** OpenSSH public keys as text: form and equality. Pure. */

const KEY_LINE = /^(ssh-|ecdsa-|sk-)[a-z0-9@.-]+ [A-Za-z0-9+/]{16,}={0,2}( [^\n]*)?$/;

/** Whether a text is one OpenSSH public key line. */
export function isPublicKey(text: string): boolean {
  return KEY_LINE.test(text.trim());
}

/** Type and key without the comment. */
export function keyBody(line: string): string {
  return line.trim().split(/\s+/).slice(0, 2).join(" ");
}

/** Whether two values are the same line, but for white space at the ends. */
export function sameKeyLine(left: unknown, right: unknown): boolean {
  return typeof left === "string" && typeof right === "string" && left.trim() === right.trim();
}
