import fc from "fast-check";
import { asTemplate } from "../../../playbooks/model/unsafe-text";
import { NO_VARIABLES } from "../../../playbooks/runner/template/jinja/frame";
import { Templar } from "../../../playbooks/runner/template/templar";

test("asTemplate() makes a template of every text, whose value is the text", () => {
  const templar = new Templar();
  const pieces = fc.constantFrom(
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "'",
    '"',
    "\\",
    "\n",
    "endraw",
    "a",
    "[",
    "\u0000",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(pieces).map((it) => it.join("")),
  );

  fc.assert(
    fc.property(text, (it) => {
      expect(templar.template(asTemplate(it), NO_VARIABLES)).toBe(it);
      expect(templar.render(asTemplate(it), NO_VARIABLES).trimEnd()).toBe(it.trimEnd());
    }),
    { numRuns: 500 },
  );
});
