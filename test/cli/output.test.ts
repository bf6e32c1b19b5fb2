/** Where words go: results to stdout, everything else to stderr, and lines that are written over on a terminal. */
import { Output, type OutputSwitches } from "../../cli/output";
import { Collector } from "../support/command-line";

const CLEAR = "\r\u001b[2K";
const PLAIN: OutputSwitches = { json: false, quiet: false, color: false };

function newOutput(
  switches: Partial<OutputSwitches> = {},
  isTTY = false,
): { output: Output; out: Collector; err: Collector } {
  const [out, err] = [new Collector(isTTY), new Collector(isTTY)];
  return { output: new Output(out, err, { ...PLAIN, ...switches }), out, err };
}

function sayAll(output: Output): void {
  output.progress("at work");
  output.progress("still at work");
  output.note("noted");
  output.progress("nearly there");
  output.fault("wrong");
  output.progress("last");
  output.result({ a: 1 }, "one");
}

test("Output writes plain lines where stderr is no terminal", () => {
  const { output, out, err } = newOutput();

  sayAll(output);

  expect(err.text).toBe("at work\nstill at work\nnoted\nnearly there\nwrong\nlast\n");
  expect(out.text).toBe("one\n");
});

test("Output writes progress over itself on a terminal, and leaves nothing of it", () => {
  const { output, out, err } = newOutput({}, true);

  sayAll(output);

  expect(err.text).toBe(
    `${CLEAR}at work${CLEAR}still at work${CLEAR}noted\n${CLEAR}nearly there${CLEAR}wrong\n${CLEAR}last${CLEAR}`,
  );
  expect(out.text).toBe("one\n");
});

test.each<[string, number | undefined, string]>([
  ["an unknown width", undefined, "at work on much"],
  ["the width 0, which is none", 0, "at work on much"],
  ["room enough", 16, "at work on much"],
  ["too little room", 8, "at wor…"],
])("progress takes one line of a terminal with %s", (_name, columns, shown) => {
  const err = Object.assign(new Collector(true), { columns });
  const output = new Output(new Collector(), err, PLAIN);

  output.progress("at work\non much");

  expect(err.text).toBe(`${CLEAR}${shown}`);
});

test("a terminal on which nothing is written over gets plain lines", () => {
  const { output, err } = newOutput({ dumb: true }, true);

  sayAll(output);

  expect(err.text).toBe("at work\nstill at work\nnoted\nnearly there\nwrong\nlast\n");
});

test("JSON holds nothing that a terminal obeys", () => {
  const { output, out } = newOutput({ json: true });

  output.result({ a: "\u009b2J\u202e" }, "");

  expect(out.text).toBe('{\n  "a": "\\u009b2J\\u202e"\n}\n');
});

test.each([false, true])(
  "Output keeps results and faults only when quiet, terminal: %s",
  (isTTY) => {
    const { output, out, err } = newOutput({ quiet: true }, isTTY);

    sayAll(output);

    expect(err.text).toBe("wrong\n");
    expect(out.text).toBe("one\n");
  },
);

test.each([
  [{ a: [1, "ä\u001b"] }, '{\n  "a": [\n    1,\n    "ä\\u001b"\n  ]\n}\n'],
  [[], "[]\n"],
  ["text", '"text"\n'],
])("Output writes the result %j as JSON when asked", (value, written) => {
  const { output, out, err } = newOutput({ json: true });

  output.result(value, "in words");

  expect(out.text).toBe(written);
  expect(err.text).toBe("");
});

test("Output marks words where colours are wanted, whatever stdout is", () => {
  const { output, err } = newOutput({ color: true });

  output.fault("wrong");

  expect(err.text).toBe("\u001b[31mwrong\u001b[39m\n");
  expect(output.mark("fine", "good")).toBe("\u001b[32mfine\u001b[39m");
  expect(newOutput().output.mark("fine", "good")).toBe("fine");
});
