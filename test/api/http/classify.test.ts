import path from "node:path";
import { codeOf, isPassing, mayHaveWorked } from "../../../api/http/classify";
import { loadCases } from "../../support/cases";

interface Case {
  readonly status: number;
  readonly messages: readonly string[];
  readonly foreign?: string;
  readonly code: string;
  /** Why the words decide nothing. */
  readonly noop?: string;
}

const cases = loadCases<Case>(path.join(__dirname, "classify"));
const answer = ({ status, foreign }: Pick<Case, "status" | "foreign">) => ({
  status,
  foreign,
  requestId: undefined,
  retryAfterMs: undefined,
  body: undefined,
});

test.each(cases)("codeOf() $name", (it) => {
  expect(codeOf(answer(it), it.messages)).toBe(it.code);
});

test("isPassing() is false for what only another plan or time can help", () => {
  expect(isPassing(answer({ status: 503 }), "AS2106")).toBe(false);
  expect(isPassing(answer({ status: 503 }), "AS2109")).toBe(true);
  expect(isPassing(answer({ status: 500 }), "AS2109")).toBe(false);
});

test("mayHaveWorked() is false for a refusal in the API's own words", () => {
  expect(mayHaveWorked(answer({ status: 422 }), "AS2104")).toBe(false);
  expect(mayHaveWorked(answer({ status: 503 }), "AS2106")).toBe(false);
  expect(mayHaveWorked(answer({ status: 500 }), "AS2109")).toBe(true);
  expect(mayHaveWorked(answer({ status: 404, foreign: "no X-Request-Id" }), "AS2110")).toBe(true);
});
