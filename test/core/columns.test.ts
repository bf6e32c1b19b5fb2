/** Room that texts take on a terminal. */
import fc from "fast-check";
import { columnsOf, cutToColumns, padToColumns } from "../../core/columns";

test.each([
  ["", 0],
  ["node-1", 6],
  ["größe", 5],
  ["e\u0301", 1],
  ["节点", 4],
  ["ﾊﾝｶｸ", 4],
  ["👍 ok", 5],
  ["a\u200bb", 2],
])("%j takes %d columns", (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test.each([
  ["node-1", 6, "node-1"],
  ["node-1", 5, "node…"],
  ["节点一", 6, "节点一"],
  ["节点一", 5, "节点…"],
  ["节点一", 4, "节…"],
  ["node", 1, "…"],
  ["node", 0, ""],
  ["node", -3, ""],
  ["", 0, ""],
])("%j cut to %d is %j", (text, columns, cut) => {
  expect(cutToColumns(text, columns)).toBe(cut);
});

test("what is cut and padded takes no more and no less", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, columns) => {
      const cut = cutToColumns(text, columns);
      expect(columnsOf(cut)).toBeLessThanOrEqual(columns);
      expect(columnsOf(padToColumns(cut, columns))).toBe(columns);
    }),
  );
});
