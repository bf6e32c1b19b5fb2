/** All modules by their short names. */
import type { Module } from "../module";
import { pingModule } from "./ping";

const ALL: readonly Module[] = [pingModule];

/** Modules by short name; `ansible.builtin.copy` is `copy`. */
export const MODULES: ReadonlyMap<string, Module> = new Map(ALL.map((it) => [it.name, it]));
