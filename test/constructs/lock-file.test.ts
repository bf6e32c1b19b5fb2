import { withLockEntry } from "../../constructs/lock-file";

const header =
  '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n\n';
const entry = (source: string, version: string, hash: string): string =>
  `provider "${source}" {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n    "${hash}",\n  ]\n}\n`;

test("withLockEntry() starts a file as terraform does", () => {
  expect(withLockEntry("", "host/a/b", "1.0.0", "h1:x=")).toBe(
    header + entry("host/a/b", "1.0.0", "h1:x="),
  );
});

test("withLockEntry() replaces its own entry only, and keeps entries sorted", () => {
  const before = `${header}${entry("host/a/b", "1.0.0", "h1:x=")}\n${entry("registry.terraform.io/x/y", "3.0.0", "h1:z=")}`;

  const after = withLockEntry(before, "host/a/b", "1.1.0", "h1:y=");

  expect(after).toBe(before.replaceAll("1.0.0", "1.1.0").replace("h1:x=", "h1:y="));
});

test("withLockEntry() leaves a file alone that says so already", () => {
  const text = `${header}${entry("host/a/b", "1.0.0", "h1:x=")}`;

  expect(withLockEntry(text, "host/a/b", "1.0.0", "h1:x=")).toBe(text);
});
