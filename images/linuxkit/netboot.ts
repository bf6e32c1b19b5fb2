/**
 * How an arm64 machine boots a LinuxKit image over the network. Pure. Source: linuxkit/linuxkit,
 * src/cmd/linuxkit/run_equinixmetal.go. Unlike x86, the kernel is an EFI program that takes its
 * initial ramdisk by name: it must be named, said on the command line, and be the root.
 */
import { fault, throwIfAny } from "../../core/faults";

/** Console of arm64 servers, for images whose command line names none. */
export const ARM64_CONSOLE = "console=ttyAMA0";

/** Where the files of `linuxkit build --format kernel+initrd` are. */
export interface NetbootImage {
  /** URL of the files up to the dash: `http://boot.example/edge` for `edge-kernel`, `edge-initrd.img`. */
  readonly url: string;
  /** The image's kernel.cmdline. */
  readonly cmdline: string;
}

/**
 * The script of iPXE's. The firmware unpacks nothing: kernel and initial ramdisk are served decompressed.
 * @throws UserFault AS1209 for a URL or command line that iPXE would read otherwise
 */
export function arm64IpxeScript({ url, cmdline }: NetbootImage): string {
  throwIfAny([
    ...(/^https?:\/\/[^\s$]+[^/\s$]$/.test(url)
      ? []
      : [
          fault("AS1209", "url", {
            given: url,
            allowed: "an http or https URL up to a file's name",
          }),
        ]),
    // iPXE ends a command at && and ||, and fills in what is between ${ and }.
    ...(/[\n\r]|\$\{|&&|\|\|/.test(cmdline)
      ? [
          fault("AS1209", "kernel.cmdline", {
            given: cmdline,
            allowed: "one line without ${, && and ||",
          }),
        ]
      : []),
  ]);
  const console = /(^|\s)console=/.test(cmdline) ? [] : [ARM64_CONSOLE];
  const parameters = ["ip=dhcp", "nomodeset", "ro", ...console, cmdline].filter((it) => it !== "");
  return [
    "#!ipxe",
    "dhcp",
    `set base-url ${url}`,
    `set kernel-params ${parameters.join(" ")}`,
    "initrd --name initrd ${base-url}-initrd.img",
    "kernel ${base-url}-kernel initrd=initrd root=/dev/ram0 ${kernel-params}",
    "boot",
    "",
  ].join("\n");
}
