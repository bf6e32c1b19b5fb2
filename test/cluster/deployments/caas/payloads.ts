/** What discovery clients tell, for tests: machines by number. */

/** A payload; `more` replaces keys of it. */
export function payload(number: number, more: object = {}): Record<string, unknown> {
  const byte = number.toString(16).padStart(2, "0");
  const mac = `52:54:00:00:00:${byte}`;
  return {
    "boot-info": {
      uuid: `b7f5f93a-b029-475f-b3a4-479ba198cb${byte}`,
      mac,
      "random-id": "618e2763-1ec3-4c07-9b61-e4ec3d6d4c41",
    },
    interfaces: [networkInterface(number)],
    disks: [{ path: "/dev/sda", "size-bytes": 21_474_836_480 }],
    lldp: { is_file: false, data: { interfaces: null } },
    "ignition-journal": null,
    ...more,
  };
}

/** An interface of a machine; `more` replaces keys of it. */
export function networkInterface(number: number, more: object = {}): Record<string, unknown> {
  return {
    name: "eth0",
    mac: `52:54:00:00:00:${number.toString(16).padStart(2, "0")}`,
    ipv4: `172.20.0.${number}`,
    cidrv4: `172.20.0.${number}/16`,
    netmask: 16,
    gateway: "172.20.0.254",
    ...more,
  };
}

/** Machines from a number on, as a file. */
export function discoveryText(...numbers: readonly number[]): string {
  return JSON.stringify(numbers.map((it) => payload(it)));
}
