/** The address arithmetic of the scripts against that of Node. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import path from "node:path";
import fc from "fast-check";

const LIBRARY = path.join(__dirname, "../../../../images/starlingx/lab/lib/addresses.awk");

/** Asks the scripts' library about many lines at once; a line is `FUNCTION ARGUMENT…`. */
async function ask(lines: readonly string[]): Promise<string[]> {
  const program = `
    $1 == "digits" { print address_digits($2) "" }
    $1 == "in" { print in_subnet(address_digits($2), $3) + 0 }
    $1 == "plus" { print address_plus(address_digits($2), $3) }
    $1 == "size" { printf "%.0f\\n", range_size(address_digits($2), address_digits($3)) }`;
  const answer = await new Promise<string>((resolve, reject) => {
    const awk = execFile(
      "busybox",
      ["awk", readFileSync(LIBRARY, "utf8") + program],
      (error, stdout) => {
        if (error) reject(new Error(error.message));
        else resolve(stdout);
      },
    );
    awk.stdin?.end(lines.map((it) => `${it}\n`).join(""));
  });
  return answer.trimEnd().split("\n");
}

const words = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.string({
    unit: fc.constantFrom(..."0123456789abcdefF:.".split("")),
    minLength: 1,
    maxLength: 20,
  }),
);

test("address_digits() takes what Node takes, IPv6 with an IPv4 tail excepted", async () => {
  const given = fc.sample(words, { numRuns: 2_000, seed: 1 });

  const digits = await ask(given.map((it) => `digits ${it}`));

  given.forEach((it, at) => {
    const mixed = it.includes(":") && it.includes(".");
    const length = { 4: 8, 6: 32 }[isIP(it)] ?? 0;
    expect([it, digits[at]?.length]).toEqual([it, mixed ? 0 : length]);
  });
});

test("in_subnet() agrees with Node's block lists", async () => {
  const near = fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128), fc.nat(9));
  const given = fc
    .sample(near, { numRuns: 500, seed: 2 })
    .filter(([it]) => !it.includes(".") || !it.includes(":"))
    .map(([it, bits, add]) => ({ it, bits: bits % (it.includes(":") ? 129 : 33), add }));

  const moved = await ask(given.map(({ it, add }) => `plus ${it} ${add}`));
  const questions = given.map(({ it, bits }, at) => ({
    it,
    bits,
    other: written(moved[at] ?? ""),
  }));
  const answers = await ask(questions.map(({ it, bits, other }) => `in ${other} ${it}/${bits}`));

  questions.forEach(({ it, bits, other }, at) => {
    const family = it.includes(":") ? "ipv6" : "ipv4";
    const list = new BlockList();
    list.addSubnet(it, bits, family);
    expect([it, bits, other, answers[at]]).toEqual([
      it,
      bits,
      other,
      list.check(other, family) ? "1" : "0",
    ]);
  });
});

test("range_size() counts both ends", async () => {
  const cases = {
    "size 10.0.0.1 10.0.0.1": "1",
    "size 10.0.0.0 10.15.255.255": "1048576",
    "size fd00:: fd00::ffff": "65536",
  };

  expect(await ask(Object.keys(cases))).toEqual(Object.values(cases));
});

function written(digits: string): string {
  const parts = digits.match(digits.length === 8 ? /../g : /..../g) ?? [];
  return digits.length === 8
    ? parts.map((it) => String(parseInt(it, 16))).join(".")
    : parts.join(":");
}
