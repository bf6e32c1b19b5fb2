import fc from "fast-check";
import type { Query } from "../../../lab/http/route";
import { type Page, paginate } from "../../../lab/http/paging";

const queryOf = (page: string, size: number): Query => ({ page, per_page: String(size) });

test("paginate() gives every item once, in order, over pages that its links name", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 25 }), (total, size) => {
      const all = Array.from({ length: total }, (_, n) => n);
      const seen: number[] = [];
      let page: string | undefined = "1";
      while (page !== undefined) {
        const { items, meta }: Page<number> = paginate(all, queryOf(page, size), "/things");
        seen.push(...items);
        expect(meta).toMatchObject({ total, current_page: Number(page) });
        expect(meta.last_page).toBe(Math.max(1, Math.ceil(total / size)));
        expect(meta.previous === null).toBe(page === "1");
        page = meta.next?.href.split("page=")[1];
      }
      expect(seen).toEqual(all);
    }),
  );
});

test("paginate() has ten on a page, and no more than a thousand", () => {
  const all = Array.from({ length: 2_000 }, (_, n) => n);

  expect(paginate(all, {}, "/x").items).toHaveLength(10);
  expect(paginate(all, { per_page: "5000" }, "/x").items).toHaveLength(1_000);
});

test("paginate() past the end is empty, not an error", () => {
  const { items, meta } = paginate([1], { page: "9" }, "/x");

  expect(items).toEqual([]);
  expect(meta).toMatchObject({ next: null, previous: { href: "/x?page=1" }, last_page: 1 });
});

test.each(["0", "-1", "1.5", "x", "1e9", "99999999999"])("paginate() refuses page=%s", (page) => {
  expect(() => paginate([1], { page }, "/x")).toThrow("page must be 1 or more");
});
