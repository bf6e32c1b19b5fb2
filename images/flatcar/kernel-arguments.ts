/**
 * Words of the kernel's command line that Flatcar reads. Source: flatcar.org/docs/latest/installing, and
 * "Migrating from CoreOS Container Linux". Pure.
 */

/** Word → what it is for. */
export const FLATCAR_ARGUMENTS = {
  "flatcar.first_boot": "1 makes the boot a first one: Ignition runs",
  "flatcar.config.url": "where Ignition finds its config",
  "flatcar.oem.id": "the platform, such as packet or qemu",
  "flatcar.autologin": "a console without login",
} as const;

/** A word of CoreOS Container Linux as Flatcar has it; other words stay what they are. */
export function fromCoreosArgument(argument: string): string {
  return argument.replace(/^coreos\.(?=first_boot|config\.url|oem\.id|autologin)/, "flatcar.");
}
