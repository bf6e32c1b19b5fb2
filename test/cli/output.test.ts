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
