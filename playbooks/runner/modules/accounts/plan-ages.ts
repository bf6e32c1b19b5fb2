/** How long a password and an account are good: the numbers of /etc/shadow, in days. Pure. */

/** The parsed arguments that decide; what is undefined stays. */
export interface AgesWish {
  /** Seconds since 1970; below zero: never. */
  readonly expires?: number | undefined;
  readonly password_expire_min?: number | undefined;
  readonly password_expire_max?: number | undefined;
  readonly password_expire_warn?: number | undefined;
  readonly password_expire_account_disable?: number | undefined;
}

/** A number that changes. */
export interface AgeChange {
  /** Place in the line of /etc/shadow. */
  readonly field: number;
  /** Option of chage. */
  readonly option: string;
  /** Empty: none. */
  readonly value: string;
  readonly words: string;
}

const DAY_S = 86_400;
const FIELDS = [
  ["password_expire_min", 3, "-m"],
  ["password_expire_max", 4, "-M"],
  ["password_expire_warn", 5, "-W"],
  ["password_expire_account_disable", 6, "-I"],
] as const;

/** @param row - fields of the account's line; undefined for a new account */
export function planAges(wish: AgesWish, row: readonly string[] | undefined): AgeChange[] {
  const days = wish.expires === undefined ? undefined : Math.floor(wish.expires / DAY_S);
  const wanted = [
    ...FIELDS.map(([name, field, option]) => ({ name, field, option, value: wish[name] })),
    { name: "expires", field: 7, option: "-E", value: days },
  ];
  return wanted.flatMap(({ name, field, option, value }) => {
    if (value === undefined) return [];
    // An end before 1970 is none, however it is written.
    const text = value < 0 && field >= 6 ? "" : `${value}`;
    const before = row?.[field] ?? "";
    if (before === text) return [];
    return [{ field, option, value: text, words: `${name}: ${before} -> ${text}` }];
  });
}
