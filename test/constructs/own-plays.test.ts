import { parse } from "yaml";
import { mergeFiles, playName, restrictToPool } from "../../constructs/own-plays";

const file = { absolute: "/x/site.yml", files: {} };

function restrict(content: string): { text: string; hosts: unknown[] } {
  const { content: text } = restrictToPool({ ...file, written: "./site.yml", content }, "workers");
  const plays = parse(text) as { hosts: unknown }[];
  return { text, hosts: plays.map(({ hosts }) => hosts) };
}

test("restrictToPool() runs plays for all on the pool, and narrows other patterns", () => {
  const content = "- hosts: all # every node\n  tasks: []\n- hosts: 'a:b'\n  tasks: []\n";

  const { text, hosts } = restrict(content);

  expect(hosts).toEqual(["workers", "a:b:&workers"]);
  expect(text).toContain("# every node");
});

test("restrictToPool() narrows lists of hosts, and keeps every line where it was", () => {
  const content = "- hosts:\n    - a\n    - b\n  tasks: []\n- hosts: [a, b]\n  name: here\n";

  const { text, hosts } = restrict(content);

  expect(hosts).toEqual(["a,b:&workers", "a,b:&workers"]);
  expect(text.split("\n").indexOf("  name: here")).toBe(
    content.split("\n").indexOf("  name: here"),
  );
});

test("restrictToPool() leaves what is no play to those who check plays", () => {
  expect(restrict("- name: no hosts\n").text).toBe("- name: no hosts\n");
});

test("mergeFiles() puts files beside their playbooks", () => {
  const play = { content: "", files: { "files/a": "1" } };

  const files = mergeFiles([
    { ...play, name: "one/site.yml" },
    { ...play, name: "site.yml" },
  ]);

  expect(files).toEqual({ "one/files/a": "1", "files/a": "1" });
});

test("mergeFiles() refuses two files of one path, and is content with equal ones", () => {
  const play = (name: string, text: string) => ({ name, content: "", files: { "files/a": text } });

  expect(() => mergeFiles([play("a.yml", "1"), play("b.yml", "2")])).toThrow(
    'AS1602  a.yml and b.yml bring different files of the path "files/a"',
  );
  expect(mergeFiles([play("a.yml", "1"), play("b.yml", "1")])).toEqual({ "files/a": "1" });
});

test.each([
  ["./site.yml", "site.yml"],
  ["../shared/plays/site.yml", "shared/plays/site.yml"],
  ["~/plays/site.yml", "plays/site.yml"],
  ["/home/somebody/plays/site.yml", "plays/site.yml"],
])("playName() of %s is %s", (written, name) => {
  expect(playName(written)).toBe(name);
  expect(playName(written, "workers")).toBe(`workers/${name}`);
});
