/** All modules by their short names. */
import type { Module } from "../module";
import { aptModule } from "./apt";
import { archiveModule } from "./archive";
import { assembleModule } from "./assemble";
import { assertModule } from "./assert";
import { authorizedKeyModule } from "./authorized-key";
import { blockinfileModule } from "./blockinfile";
import { commandModule } from "./command";
import { copyModule } from "./copy";
import { cronModule } from "./cron";
import { debugModule } from "./debug";
import { addHostModule } from "./engine/add-host";
import { asyncStatusModule } from "./engine/async-status";
import { groupByModule } from "./engine/group-by";
import { pauseModule } from "./engine/pause";
import { setStatsModule } from "./engine/set-stats";
import { failModule } from "./fail";
import { fetchModule } from "./fetch";
import { fileModule } from "./file";
import { findModule } from "./find";
import { getUrlModule } from "./get-url";
import { getentModule } from "./getent";
import { groupModule } from "./group";
import { hostnameModule } from "./hostname";
import { iniFileModule } from "./ini-file";
import { iptablesModule } from "./iptables";
import { knownHostsModule } from "./known-hosts";
import { lineinfileModule } from "./lineinfile";
import { modprobeModule } from "./modprobe";
import { mountModule } from "./mount";
import { packageModule } from "./package";
import { packageFactsModule } from "./package-facts";
import { pingModule } from "./ping";
import { rawModule } from "./raw";
import { rebootModule } from "./reboot";
import { replaceModule } from "./replace";
import { scriptModule } from "./script";
import { serviceModule, systemdModules } from "./service";
import { serviceFactsModule } from "./service-facts";
import { setFactModule } from "./set-fact";
import { gatherFactsModule, setupModule } from "./setup";
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
import { validateArgumentSpecModule } from "./validate-argument-spec";
import { waitForConnectionModule } from "./wait-for-connection";

const ALL: readonly Module[] = [
  addHostModule,
  aptModule,
  archiveModule,
  assembleModule,
  assertModule,
  asyncStatusModule,
  authorizedKeyModule,
  blockinfileModule,
  commandModule,
  copyModule,
  cronModule,
  debugModule,
  failModule,
  fetchModule,
  fileModule,
  findModule,
  gatherFactsModule,
  getentModule,
  getUrlModule,
  groupByModule,
  groupModule,
  hostnameModule,
  iniFileModule,
  iptablesModule,
  knownHostsModule,
  lineinfileModule,
  modprobeModule,
  mountModule,
  packageFactsModule,
  packageModule,
  pauseModule,
  pingModule,
  rawModule,
  rebootModule,
  replaceModule,
  scriptModule,
  serviceFactsModule,
  serviceModule,
  setFactModule,
  setStatsModule,
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
  validateArgumentSpecModule,
  waitForConnectionModule,
  waitForModule,
];

/** Modules by short name; `ansible.builtin.copy` is `copy`. */
export const MODULES: ReadonlyMap<string, Module> = new Map(ALL.map((it) => [it.name, it]));
