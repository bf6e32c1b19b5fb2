import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { UserFault } from "../../../../core/faults";
import { parseKernelConfig } from "../../../../images/kernel/config/parse-config";
import { CONFIG_LIMIT_BYTES } from "../../../../images/kernel/config/unpack-config";

const TEXT = `#
# Automatically generated file; DO NOT EDIT.
# Linux/arm64 6.12.117 Kernel Configuration
#
CONFIG_CC_VERSION_TEXT="gcc (\\"Debian\\" 14.2.0) # =y"
CONFIG_ARM64=y

#
# CONFIG_NOT is not set here
#
CONFIG_BRIDGE=m
# CONFIG_PREEMPT_RT is not set
CONFIG_HZ=250
CONFIG_OFFSET=-1
CONFIG_BASE=0xffFF
CONFIG_NO_DEFAULT=
CONFIG_EMPTY=""
CONFIG_i2c_odd=n
`;

test.each([
  ["plain", Buffer.from(TEXT)],
  ["compressed with gzip", gzipSync(TEXT)],
  ["with the line ends of Windows", Buffer.from(TEXT.replaceAll("\n", "\r\n"))],
])("parseKernelConfig() reads a config that is %s", (_name, content) => {
  const config = parseKernelConfig(content, "config");

  expect(config.version).toBe("6.12.117");
  expect(config.architecture).toBe("arm64");
  expect(config.size).toBe(10);
  const names = ["ARM64", "BRIDGE", "PREEMPT_RT", "i2c_odd", "HZ", "EMPTY", "NOT", "CONFIG_ARM64"];
  expect(names.map((it) => config.state(it)).join("")).toBe("ymnnnnnn");
  expect(config.value("CC_VERSION_TEXT")).toBe('"gcc (\\"Debian\\" 14.2.0) # =y"');
  expect(["OFFSET", "BASE", "NO_DEFAULT", "NOT"].map((it) => config.value(it))).toEqual([
    "-1",
    "0xffFF",
    "",
    undefined,
  ]);
});

test("parseKernelConfig() takes options that are named like parts of every object", () => {
  const config = parseKernelConfig(Buffer.from("CONFIG___proto__=y\n"), "config");

  expect(config.state("__proto__")).toBe("y");
  expect(config.value("constructor")).toBeUndefined();
});

test("parseKernelConfig() is content with the same line twice, and without a version", () => {
  const config = parseKernelConfig(Buffer.from("CONFIG_A=y\nCONFIG_A=y"), "config");

  expect(config.state("A")).toBe("y");
  expect(config.version).toBeUndefined();
});

test.each([
  ["an empty file", ""],
  ["comments only", "# Linux/arm64 6.12.117 Kernel Configuration\n"],
  ["another text", "# Armstead\n\nOne description\n"],
  ["a text with a NUL", "CONFIG_A=y\n\0"],
  ["no UTF-8", Buffer.from('CONFIG_A="\xff"\n', "latin1")],
  ["a program", Buffer.from("\x7fELF\x02\x01", "latin1")],
  ["a kernel", Buffer.from("MZ\x40\xfa", "latin1")],
  ["xz", Buffer.from("\xfd7zXZ\0", "latin1")],
  ["gzip that ends early", gzipSync(TEXT).subarray(0, 40)],
  ["gzip within gzip", gzipSync(gzipSync(TEXT))],
  ["a huge file", Buffer.alloc(CONFIG_LIMIT_BYTES + 1, "#\n")],
  ["a small file that unpacks to a huge one", gzipSync(Buffer.alloc(CONFIG_LIMIT_BYTES * 4, "\n"))],
])("parseKernelConfig() refuses %s as no config", (_name, content) => {
  expect(faultsOf(content)).toEqual([{ code: "AS1701", line: undefined }]);
});

test.each([
  ["a value that is none", "CONFIG_B=yes"],
  ["a text without its end", 'CONFIG_B="open'],
  ["a name with a hyphen", "CONFIG_B-C=y"],
  ["no name", "CONFIG_=y"],
  ["a space before the name", " CONFIG_B=y"],
  ["spaces around =", "CONFIG_B = y"],
  ["another file's line", "<html>"],
  ["control characters", "\u001b[31mCONFIG_B=y"],
])("parseKernelConfig() tells the line of %s", (_name, line) => {
  expect(faultsOf(`CONFIG_A=y\n\n${line}\n`)).toEqual([{ code: "AS1702", line: 3 }]);
});

test("parseKernelConfig() tells options with two values, however they are written", () => {
  const text = "CONFIG_A=y\n# CONFIG_A is not set\nCONFIG_B=1\nCONFIG_A=m\nCONFIG_B=2\n";

  expect(faultsOf(text)).toEqual([2, 4, 5].map((line) => ({ code: "AS1703", line })));
});

test("parseKernelConfig() tells the first lines that are wrong, and how many more there are", () => {
  const faults = faultsOf(`CONFIG_A=y\n${"nonsense\n".repeat(100_000)}`);

  expect(faults.slice(0, 10)).toEqual(
    Array.from({ length: 10 }, (_, index) => ({ code: "AS1702", line: index + 2 })),
  );
  expect(faults.slice(10)).toEqual([{ code: "AS1701", line: undefined }]);
});

test("parseKernelConfig() gives back every tristate that it was given", () => {
  const name = fc.stringMatching(/^[A-Z0-9_]{1,20}$/);
  const options = fc.dictionary(name, fc.constantFrom("y", "m", "n"));
  fc.assert(
    fc.property(options, (states) => {
      const lines = Object.entries(states).map(([option, state]) =>
        state === "n" ? `# CONFIG_${option} is not set` : `CONFIG_${option}=${state}`,
      );

      const config = parseKernelConfig(Buffer.from([...lines, "CONFIG_zz=y"].join("\n")), "c");

      for (const [option, state] of Object.entries(states)) {
        expect(config.state(option)).toBe(state);
      }
    }),
  );
});

test("parseKernelConfig() answers any bytes with a config or with faults", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string().map((it) => Buffer.from(it)),
  );
  fc.assert(
    fc.property(bytes, (content) => {
      expect(faultsOf(content).length).toBeLessThanOrEqual(11);
    }),
  );
});

/** No fault for what is read. */
function faultsOf(content: string | Uint8Array): { code: string; line: number | undefined }[] {
  try {
    parseKernelConfig(Buffer.from(content as Uint8Array), "config");
    return [];
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return error.faults.map(({ code, position }) => ({ code, line: position?.line }));
  }
}
