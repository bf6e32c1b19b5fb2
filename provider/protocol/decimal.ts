/** Numbers that a double cannot hold, kept as text; and which texts a double does hold. Pure. */

/** A number such as 123456789012345678901234567890: kept, and sent back, as its digits. */
export class Decimal {
  /** @param text - digits without exponent */
  constructor(readonly text: string) {}
}

/** A number from its digits: a double when its shortest text is the very same, else the text. */
export function toNumber(text: string): number | Decimal {
  const value = Number(text);
  return Number.isFinite(value) && plainDigits(value) === text ? value : new Decimal(text);
}

/** A finite number without an exponent: `1e-7` is `0.0000001`, as Terraform writes it. */
export function plainDigits(value: number): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value));
  if (!match) return String(value);
  const [, sign = "", head = "", tail = "", power = "0"] = match;
  const exponent = Number(power);
  const digits = head + tail;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  return sign + digits.padEnd(exponent + 1, "0");
}
