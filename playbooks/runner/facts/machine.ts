/** What a host is made of, and whether it is a guest of another: from the firmware's tables and the kernel. */
import { member } from "../../../core/mapping";
import type { Parts } from "./parts";

/** Fields of the firmware's tables by Ansible's names. */
const FIELDS: Readonly<Record<string, string>> = {
  product_name: "product_name",
  product_version: "product_version",
  product_serial: "product_serial",
  product_uuid: "product_uuid",
  sys_vendor: "system_vendor",
  bios_version: "bios_version",
  bios_date: "bios_date",
  bios_vendor: "bios_vendor",
  board_name: "board_name",
  board_vendor: "board_vendor",
};

/** Guests by what their firmware calls itself. */
const GUESTS: readonly (readonly [RegExp, string])[] = [
  [/VMware/i, "VMware"],
  [/VirtualBox|innotek/i, "virtualbox"],
  [/KVM|QEMU|Bochs|RHEV|OpenStack|Amazon EC2|Google/i, "kvm"],
  [/Virtual Machine.*Microsoft|Microsoft.*Virtual Machine/i, "VirtualPC"],
  [/HVM domU|Xen/i, "xen"],
];

/** Facts of the machine. */
export function machineFacts(parts: Parts, files: Parts): Record<string, unknown> {
  const rows = files.lines("dmi").map((line) => {
    const at = line.indexOf("=");
    return [member(FIELDS, line.slice(0, at)) ?? "", line.slice(at + 1).trim()] as const;
  });
  const fields = Object.fromEntries(rows.filter(([name, value]) => name !== "" && value !== ""));
  return { ...fields, ...virtualization(parts, fields), ...hostKeys(files), dns: dns(files) };
}

function virtualization(
  parts: Parts,
  fields: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const [container] = parts.lines("container");
  const firmware = `${fields.product_name ?? ""} ${fields.system_vendor ?? ""} ${fields.bios_vendor ?? ""}`;
  const guest = GUESTS.find(([pattern]) => pattern.test(firmware))?.[1];
  const type = container ?? guest ?? (parts.lines("hypervisor").length > 0 ? "kvm" : undefined);
  if (type !== undefined) return { virtualization_type: type, virtualization_role: "guest" };
  const hosts = parts.lines("kvm").length > 0;
  return hosts
    ? { virtualization_type: "kvm", virtualization_role: "host" }
    : { virtualization_type: "NA", virtualization_role: "NA" };
}

/** `ssh-ed25519 AAAA… comment`, one a line. */
function hostKeys(files: Parts): Record<string, unknown> {
  return Object.fromEntries(
    files.lines("host-keys").flatMap((line) => {
      const [keytype = "", key = ""] = line.split(" ");
      const name = /(rsa|dsa|dss|ecdsa|ed25519)/.exec(keytype)?.[1]?.replace("dss", "dsa");
      if (name === undefined || key === "") return [];
      return [
        [`ssh_host_key_${name}_public`, key],
        [`ssh_host_key_${name}_public_keytype`, keytype],
      ];
    }),
  );
}

/** /etc/resolv.conf in Ansible's form. */
function dns(files: Parts): Record<string, unknown> {
  const lines = files.lines("resolv").map((it) =>
    it
      .replace(/[#;].*/, "")
      .trim()
      .split(/\s+/),
  );
  const of = (word: string): string[] =>
    lines.flatMap(([name, ...rest]) => (name === word ? rest : []));
  const [domain] = of("domain");
  const search = of("search");
  const options = of("options").map((it): [string, string | true] => {
    const [name = "", value] = it.split(":");
    return [name, value ?? true];
  });
  return {
    ...(of("nameserver").length > 0 ? { nameservers: of("nameserver") } : {}),
    ...(domain === undefined ? {} : { domain }),
    ...(search.length > 0 ? { search } : {}),
    ...(options.length > 0 ? { options: Object.fromEntries(options) } : {}),
  };
}
