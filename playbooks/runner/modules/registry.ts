/** All modules by their short names. */
import type { Module } from "../module";
import { assertModule } from "./assert";
import { commandModule } from "./command";
import { copyModule } from "./copy";
import { debugModule } from "./debug";
import { failModule } from "./fail";
import { fileModule } from "./file";
import { pingModule } from "./ping";
import { rawModule } from "./raw";
import { setFactModule } from "./set-fact";
import { setupModule } from "./setup";
import { shellModule } from "./shell";
import { slurpModule } from "./slurp";
import { statModule } from "./stat";
import { templateModule } from "./template";

const ALL: readonly Module[] = [
  assertModule,
  commandModule,
  copyModule,
  debugModule,
  failModule,
  fileModule,
  pingModule,
  rawModule,
  setFactModule,
  setupModule,
  shellModule,
  slurpModule,
  statModule,
  templateModule,
];

/** Modules by short name; `ansible.builtin.copy` is `copy`. */
export const MODULES: ReadonlyMap<string, Module> = new Map(ALL.map((it) => [it.name, it]));
