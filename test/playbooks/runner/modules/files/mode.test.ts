import {
  formatMode,
  modeField,
  resolveMode,
} from "../../../../../playbooks/runner/modules/files/mode";

const FILE = { mode: 0o644, isFolder: false };
const FOLDER = { mode: 0o755, isFolder: true };

test.each([
  ["0640", FILE, "0640"],
  ["640", FILE, "0640"],
  ["0o640", FILE, "0640"],
  ["4755", FILE, "4755"],
  [0o600, FILE, "0600"],
  ["u=rw,g=r,o=", FILE, "0640"],
  ["u+x", FILE, "0744"],
  ["a+x", FILE, "0755"],
  ["+x", FILE, "0755"],
  ["+w", FILE, "0644"],
  ["go-r", FILE, "0600"],
  ["u=rwX,go=rX", FILE, "0644"],
  ["u=rwX,go=rX", FOLDER, "0755"],
  ["a=rX", { mode: 0o700, isFolder: false }, "0555"],
  ["u=g", { mode: 0o640, isFolder: false }, "0440"],
  ["g=u", FILE, "0664"],
  ["u+s,g+s,+t", FOLDER, "7755"],
  ["u-s", { mode: 0o4755, isFolder: false }, "0755"],
  ["u+rw-x", { mode: 0o100, isFolder: false }, "0600"],
])("resolveMode() takes %j", (spec, start, expected) => {
  expect(formatMode(resolveMode(spec, start))).toBe(expected);
});

test.each(["rw", "8", "u=z", "", "u=rw,", "99999", 0o10000, -1, 1.5, true])(
  "the argument mode refuses %j",
  (value) => {
    expect(modeField().safeParse(value).success).toBe(false);
  },
);
