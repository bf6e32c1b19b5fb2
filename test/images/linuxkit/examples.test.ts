/** Images as LinuxKit's documentation and examples describe them are accepted, and written again as they were read. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadLinuxkit } from "../../../images/linuxkit/load";
import { renderLinuxkit } from "../../../images/linuxkit/render";

const folder = path.join(__dirname, "examples");
const examples = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(path.join(folder, name), "utf8"),
}));

test.each(examples)("$name is accepted", (it) => {
  const { warnings } = loadLinuxkit([it]);

  expect(warnings.filter(({ code }) => code !== "AS1751")).toEqual([]);
});

test.each(examples)("$name is written so that reading it gives the same image", (it) => {
  const { image } = loadLinuxkit([it]);

  const text = renderLinuxkit(image);

  expect(loadLinuxkit([{ name: "again.yml", text }]).image).toEqual(image);
  expect(renderLinuxkit(image)).toBe(text);
});

test("there are examples", () => {
  expect(examples.map(({ name }) => name)).toContain("every-key.yml");
});
