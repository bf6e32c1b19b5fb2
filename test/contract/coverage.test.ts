/** The exam is complete: each number of the list is asked, left to the client's tests, or left out with a reason. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ALL_ITEMS, askedItems } from "../support/contract-items";

const number = z.string().regex(/^C-\d{3}$/);
const notAsked = z.strictObject({
  client: z.strictObject({ why: z.string().min(10), items: z.array(number) }),
  leftOut: z.array(z.strictObject({ item: number, why: z.string().min(10) })),
});

test("askedItems() finds every number of the list exactly once, counting those that are not asked here", () => {
  const file = path.join(__dirname, "left-out.json");
  const { client, leftOut } = notAsked.parse(JSON.parse(readFileSync(file, "utf8")));

  const found = [...askedItems(__dirname), ...client.items, ...leftOut.map((it) => it.item)];

  expect(found.toSorted()).toEqual(ALL_ITEMS);
});
