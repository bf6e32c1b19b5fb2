/** All modules by their short names. */
import type { Module } from "../module";
import { aptModule } from "./apt";
import { assertModule } from "./assert";
import { addHostModule } from "./engine/add-host";
import { asyncStatusModule } from "./engine/async-status";
import { groupByModule } from "./engine/group-by";
import { pauseModule } from "./engine/pause";
import { setStatsModule } from "./engine/set-stats";
import { authorizedKeyModule } from "./authorized-key";
import { blockinfileModule } from "./blockinfile";
import { commandModule } from "./command";
import { copyModule } from "./copy";
import { cronModule } from "./cron";
import { debugModule } from "./debug";
import { failModule } from "./fail";
import { fileModule } from "./file";
import { findModule } from "./find";
import { getUrlModule } from "./get-url";
import { getentModule } from "./getent";
import { groupModule } from "./group";
import { hostnameModule } from "./hostname";
import { iniFileModule } from "./ini-file";
import { knownHostsModule } from "./known-hosts";
import { lineinfileModule } from "./lineinfile";
import { modprobeModule } from "./modprobe";
import { packageModule } from "./package";
import { packageFactsModule } from "./package-facts";
import { mountModule } from "./mount";
import { pingModule } from "./ping";
import { rawModule } from "./raw";
import { rebootModule } from "./reboot";
import { replaceModule } from "./replace";
import { serviceModule, systemdModules } from "./service";
import { serviceFactsModule } from "./service-facts";
import { setFactModule } from "./set-fact";
import { setupModule } from "./setup";
import { shellModule } from "./shell";
import { slurpModule } from "./slurp";
import { statModule } from "./stat";
import { sysctlModule } from "./sysctl";
import { tempfileModule } from "./tempfile";
import { templateModule } from "./template";
import { unarchiveModule } from "./unarchive";
import { uriModule } from "./uri";
import { userModule } from "./user";
import { waitForModule } from "./wait-for";
import { waitForConnectionModule } from "./wait-for-connection";

const ALL: readonly Module[] = [
  aptModule,
  addHostModule,
  asyncStatusModule,
  groupByModule,
  pauseModule,
  setStatsModule,
  assertModule,
  authorizedKeyModule,
  blockinfileModule,
  commandModule,
  copyModule,
  cronModule,
  debugModule,
  failModule,
  fileModule,
  findModule,
  getentModule,
  getUrlModule,
  groupModule,
  hostnameModule,
  iniFileModule,
  knownHostsModule,
  lineinfileModule,
  modprobeModule,
  packageFactsModule,
  packageModule,
  mountModule,
  pingModule,
  rawModule,
  rebootModule,
  replaceModule,
  serviceFactsModule,
  serviceModule,
  setFactModule,
  setupModule,
  shellModule,
  slurpModule,
  statModule,
  sysctlModule,
  ...systemdModules,
  tempfileModule,
  templateModule,
  unarchiveModule,
  uriModule,
  userModule,
  waitForConnectionModule,
  waitForModule,
];

/** Modules by short name; `ansible.builtin.copy` is `copy`. */
export const MODULES: ReadonlyMap<string, Module> = new Map(ALL.map((it) => [it.name, it]));
