import { parseDocument } from "yaml";
import { filesAfter, playOf } from "../../../bench/bootstrap/plays";

test.each([4, 40])("a play of %i tasks has as many, each with a name of its own", (count) => {
  const [play] = parseDocument(playOf(count)["site.yml"]).toJS() as {
    readonly tasks: readonly { readonly name: string }[];
  }[];

  expect(new Set(play?.tasks.map(({ name }) => name)).size).toBe(count);
  expect(filesAfter(count)).toBe((count / 4) * 3);
});
