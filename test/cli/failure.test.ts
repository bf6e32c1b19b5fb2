/** What a command line that failed says, and its exit code. */
import { Bug, fault, OuterFault, UserFault } from "../../core/faults";
import { WrongUse } from "../../cli/context";
import { tellFailure } from "../../cli/failure";
import { Output } from "../../cli/output";
import { Collector } from "../support/command-line";

const broken = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
const REPORT = "This was not foreseen: please report it with what ARMSTEAD_DEBUG=1 shows.";
const FAILURES: readonly (readonly [string, unknown, number, readonly string[]])[] = [
  ["wrong use", new WrongUse("no such thing"), 2, ["no such thing"]],
  [
    "the user's faults, all of them",
    new UserFault([fault("AS1206", "a", { given: "b" }), fault("AS1001", "", { given: "c" })]),
    1,
    ['AS1206  a: unknown key "b"', 'AS1001  a file cannot be read "c"'],
  ],
  [
    "a fault of the outer world with its advice",
    new OuterFault("AS2401", { hint: "start it" }),
    1,
    ["AS2401  the lab is not running", "What to do: start it"],
  ],
  [
    "a bug, which asks for a report by itself",
    new Bug("one is two"),
    1,
    ["AS3001  this is a bug of armstead: one is two; please report it"],
  ],
  ["an error of nobody's", new Error("oops"), 1, ["oops", REPORT]],
  ["something thrown that is no error", "oops", 1, ["oops", REPORT]],
  ["nothing, when the reader has enough", broken, 0, []],
];

test.each(FAILURES)("tellFailure() tells %s", (_name, error, code, lines) => {
  expect(tell(error)).toEqual({ code, lines });
});

test("tellFailure() shows a stack with ARMSTEAD_DEBUG only, for any failure", () => {
  for (const error of [new Error("oops"), new OuterFault("AS2401"), new Bug("one is two")]) {
    const { lines } = tell(error, { environment: { ARMSTEAD_DEBUG: "1" } });

    expect(lines.join("\n")).toMatch(/\n {4}at .*failure\.test\.ts:\d+:\d+/);
    expect(lines).not.toContain(REPORT);
  }
});

test("tellFailure() takes whatever fails after Ctrl-C for the end that was asked for", () => {
  const signal = AbortSignal.abort(new Error("stopped"));

  const aborted = tell(new DOMException("This operation was aborted", "AbortError"), { signal });
  const foreseen = tell(new OuterFault("AS2404", { hint: "look" }), { signal });

  expect(aborted).toEqual({ code: 1, lines: ["stopped"] });
  expect(foreseen.lines).toEqual(["AS2404  the lab's server did not start", "What to do: look"]);
});

function tell(
  error: unknown,
  { environment = {}, signal = new AbortController().signal } = {},
): { code: number; lines: string[] } {
  const [out, err] = [new Collector(), new Collector()];
  const output = new Output(out, err, { json: false, quiet: false, color: false });

  const code = tellFailure(error, output, { environment, signal });

  expect(out.text).toBe("");
  return { code, lines: err.text.split("\n").slice(0, -1) };
}
