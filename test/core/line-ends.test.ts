import fc from "fast-check";
import { withoutLastLineEnds } from "../../core/line-ends";

test("withoutLastLineEnds() takes away line ends alone, and all that are last", () => {
  const text = fc.string({ unit: fc.constantFrom("\n", "\r", " ", "a") });

  fc.assert(
    fc.property(text, (it) => {
      expect(withoutLastLineEnds(it)).toBe(it.replace(/[\n\r]+$/, ""));
    }),
  );
});
