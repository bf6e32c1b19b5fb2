/** No event tells a secret, in whatever form a template wrote it. */
import fc from "fast-check";
import { Secret } from "../../../../core/secret";
import { redactorOf } from "../../../../playbooks/runner/engine/redact-texts";
import { runFake } from "./run-fake";

const HARD = `Hu9ter2&/+"se cret'wörd<b>\\`;
/** What templates make of a variable. */
const FORMS = [
  "token",
  "token | quote",
  "token | to_json",
  "[token] | to_json",
  "{'a': [token]} | to_nice_json",
  "[token] | to_json | to_json",
  "[token]",
  "{'k': token} | to_nice_yaml",
  "token | urlencode",
  "{'q': token} | urlencode",
  "token | e",
  "token | upper",
  "token | lower",
  "token | b64encode",
  "('a' ~ token) | b64encode",
  "('ab' ~ token ~ 'c') | b64encode",
  "('user:' ~ token) | b64encode",
  "token ~ token",
  "'%s!' | format(token)",
];

test.each(FORMS)("a secret is not told as {{ %s }}", async (form) => {
  const playbook = [
    "- hosts: a",
    "  gather_facts: false",
    `  tasks: [{debug: {msg: "< {{ ${form.replaceAll('"', "'")} }} >"}}]`,
  ];

  const { events } = await runFake({ playbook, secretVars: { token: new Secret(HARD) } });

  const message = events
    .flatMap((it) => (it.event === "task.end" ? [it.message ?? ""] : []))
    .join();
  expect(message).toContain("(secret)");
  const told = message.replaceAll("(secret)", "");
  expect(told).not.toMatch(/hu9ter2|cret|w.{1,6}rd/i);
  // Of base64, what is longer than the letters that belong to both neighbours.
  for (const skip of [0, 1, 2]) {
    const core = Buffer.from(HARD)
      .subarray(3 + skip, 12 + skip)
      .toString("base64");
    expect(told).not.toContain(core);
  }
});

test("a text without a secret stays as it is", () => {
  const redact = redactorOf([new Secret("hunter22")]);

  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      fc.pre(!/hunter22|aHVud|h1bnRl|odW50/i.test(text));
      expect(redact(text)).toBe(text);
    }),
  );
});

test("any secret of some length is gone from URLs, JSON and base64, wherever it begins", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary-ascii", minLength: 10, maxLength: 30 }),
      fc.string({ maxLength: 5 }),
      (secret, before) => {
        const redact = redactorOf([new Secret(secret)]);
        const encoded = Buffer.from(before + secret).toString("base64");
        const forms = [
          encodeURIComponent(secret).replace(/[!'()*]/g, percent),
          JSON.stringify(secret),
          encoded,
        ];

        for (const it of forms) expect(redact(it)).toContain("(secret)");
      },
    ),
  );
});

function percent(it: string): string {
  return `%${it.charCodeAt(0).toString(16).toUpperCase()}`;
}
