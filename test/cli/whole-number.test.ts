import { InvalidArgumentError } from "commander";
import { wholeNumber } from "../../cli/whole-number";

test.each([
  ["0", 0],
  ["007", 7],
  ["65535", 65_535],
])("wholeNumber() reads %j", (text, number) => {
  expect(wholeNumber(0, 65_535)(text)).toBe(number);
});

test.each(["", " ", "-0", "-1", "+1", "1.0", "1e3", "0x1", "NaN", "Infinity", "65536", "1_0", "١"])(
  "wholeNumber() refuses %j and says what is allowed",
  (text) => {
    const read = (): number => wholeNumber(0, 65_535, "0 takes a free one")(text);

    expect(read).toThrow(InvalidArgumentError);
    expect(read).toThrow("Allowed: 0 to 65535, 0 takes a free one.");
  },
);
