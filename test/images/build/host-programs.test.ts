import { missingPrograms, tryFindProgram } from "../../../images/build/host-programs";

test("tryFindProgram() gives an absolute path", async () => {
  await expect(tryFindProgram("sh")).resolves.toMatch(/^\/.*\/sh$/);
});

test("missingPrograms() names the one command that installs all of them", () => {
  const fault = missingPrograms(["qemu-system-aarch64", "unshare", "mke2fs", "nsenter"]);

  expect(fault.code).toBe("AS2450");
  expect(fault.message).toContain("qemu-system-aarch64, unshare, mke2fs, nsenter");
  expect(fault.hint).toBe(
    "run as root: apt-get install -y --no-install-recommends e2fsprogs qemu-system-arm util-linux",
  );
});
