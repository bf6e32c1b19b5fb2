import { readFileSync } from "node:fs";
import { elfSection, isElf, neededLibraries } from "../../../images/build/elf";

// The program that runs this test is a real one, linked to the C library.
const NODE = readFileSync(process.execPath);

test("neededLibraries() names the libraries of a dynamic program", () => {
  expect(neededLibraries(NODE)).toContain("libc.so.6");
});

test("elfSection() finds a section by its name, and none of a name that is not there", () => {
  expect(elfSection(NODE, ".interp")?.toString("latin1")).toMatch(/^\/lib.*ld-linux.*\0$/);
  expect(elfSection(NODE, ".no-such-section")).toBeUndefined();
});

test.each([
  ["another file", Buffer.from("#!/bin/sh\n".repeat(20))],
  ["nothing", Buffer.alloc(0)],
  ["a cut program", NODE.subarray(0, 4096)],
])("elfSection() refuses %s", (_, bytes) => {
  expect(() => elfSection(bytes, ".interp")).toThrow(/^AS2453/);
});

test("isElf() looks at the first bytes only", () => {
  expect(isElf(NODE.subarray(0, 64))).toBe(true);
  expect(isElf(Buffer.from("text"))).toBe(false);
});
