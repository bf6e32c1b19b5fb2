import { parseServices } from "../../../../../playbooks/runner/modules/supervision/parse-services";

test("parseServices() tells units, unit files and scripts as Ansible does", () => {
  const printed = [
    "@@facts:scripts",
    " [ + ]  cron",
    " [ - ]  hwclock.sh",
    "@@facts:units",
    "cron.service loaded active running Regular background program",
    "apt-daily.service loaded inactive dead Daily apt",
    "● broken.service loaded failed failed A broken one",
    "auditd.service not-found inactive dead auditd.service",
    "@@facts:files",
    "cron.service enabled enabled",
    "apt-daily.service static -",
    "broken.service disabled enabled",
    "getty@.service enabled enabled",
  ].join("\n");

  expect(parseServices(printed)).toEqual({
    cron: { name: "cron", state: "running", source: "sysv" },
    "hwclock.sh": { name: "hwclock.sh", state: "stopped", source: "sysv" },
    "cron.service": {
      ...{ name: "cron.service", state: "running", status: "enabled", source: "systemd" },
    },
    "apt-daily.service": {
      ...{ name: "apt-daily.service", state: "stopped", status: "static", source: "systemd" },
    },
    "broken.service": {
      ...{ name: "broken.service", state: "stopped", status: "failed", source: "systemd" },
    },
    "auditd.service": {
      ...{ name: "auditd.service", state: "stopped", status: "not-found", source: "systemd" },
    },
    "getty@.service": {
      ...{ name: "getty@.service", state: "inactive", status: "enabled", source: "systemd" },
    },
  });
});
