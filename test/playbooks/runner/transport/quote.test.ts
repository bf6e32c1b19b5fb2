import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { quote, quoteWords } from "../../../../playbooks/runner/transport/quote";

const shells = ["/bin/sh", "/bin/bash", "/usr/bin/busybox"];

/** Text that a process can get as an argument: everything but NUL and halves of surrogate pairs. */
const word = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom(
        "'",
        '"',
        "\\",
        "$",
        "`",
        "(",
        ")",
        "\n",
        "\r",
        " ",
        "!",
        "*",
        "~",
        "é",
        "{{",
      ),
    }),
  )
  .filter((it) => !it.includes("\0"))
  .map((it) => Buffer.from(it).toString());

test.each(shells)("quote() gives any text back unchanged through %s", (shell) => {
  const prefix = shell.endsWith("busybox") ? ["sh"] : [];

  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
      const script = `printf '%s\\0' ${quoteWords(words)}`;
      const printed = execFileSync(shell, [...prefix, "-c", script], { encoding: "utf8" });

      expect(printed.split("\0").slice(0, -1)).toEqual(words);
    }),
    { numRuns: 50 },
  );
});

test("quote() refuses a NUL, which no argument can hold", () => {
  expect(() => quote("a\0b")).toThrow("AS2222");
});
