import { differenceOf, kindOfPrint } from "../../../../playbooks/runner/written/prints";

const LINK = "8 0644 0:0 0123456789abcdef /releases/ @current";

test("kindOfPrint() tells content from times, wherever a link leads", () => {
  expect(kindOfPrint(LINK)).toBe("content");
  expect(kindOfPrint(LINK.replace("0123456789abcdef", "@1700000000"))).toBe("time");
  expect(kindOfPrint("absent")).toBe("content");
});

test("differenceOf() finds none between equal links", () => {
  expect(differenceOf(LINK, LINK)).toBeUndefined();
});
