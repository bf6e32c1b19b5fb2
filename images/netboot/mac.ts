/** MAC addresses in the spellings that Go's net.ParseMAC takes, for six bytes. Pure. */

const FORMS = [
  /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i,
  /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/i,
  /^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/i,
];

/** The address in lower case with colons; undefined for anything else. */
export function tryNormalizeMac(text: string): string | undefined {
  if (!FORMS.some((it) => it.test(text))) return undefined;
  const digits = text.replace(/[:.-]/g, "").toLowerCase();
  return digits.match(/../g)?.join(":");
}

/** The address as iPXE writes it in `${mac:hexhyp}`: with hyphens. */
export function hyphenated(mac: string): string {
  return mac.replaceAll(":", "-");
}
