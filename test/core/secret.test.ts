import { inspect } from "node:util";
import fc from "fast-check";
import { redactor, Secret } from "../../core/secret";

test("Secret() cannot be printed by any of the usual ways", () => {
  const it = new Secret("hunter22");
  const seen = [String(it), JSON.stringify({ it }), inspect({ it }), it.toString()].join();

  expect(seen).not.toContain("hunter22");
  expect(it.reveal()).toBe("hunter22");
});

test("redactor() removes a secret wherever it stands, also in its JSON form", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!"(secret)".includes(secret));
      const redact = redactor([new Secret(secret)]);

      expect(redact(before + secret + after)).not.toContain(secret);
      expect(redact(JSON.stringify(secret)).slice(1, -1)).not.toContain(secret);
    }),
  );
});

test("redactor() removes the longer of two secrets first", () => {
  expect(redactor(["pass", "password"])("my password")).toBe("my (secret)");
});
