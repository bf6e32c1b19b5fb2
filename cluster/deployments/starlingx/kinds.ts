/** Kinds of deployments that StarlingX has. Data only. */
import { CONFIGURATION_NAMES, type ConfigurationName } from "./configurations";

const PREFIX = "starlingx/";
/** The kind that has several sites. */
export const DISTRIBUTED_CLOUD = "distributed-cloud";

/** All six, without what they have in common. */
export const STARLINGX_NAMES = [...CONFIGURATION_NAMES, DISTRIBUTED_CLOUD] as const;
/** One of {@link STARLINGX_NAMES}. */
export type StarlingxName = (typeof STARLINGX_NAMES)[number];

/** The kind in cluster files: `starlingx/aio-dx`. */
export function kindOf(name: StarlingxName): string {
  return `${PREFIX}${name}`;
}

/** The configuration of one site behind a kind; undefined for a distributed cloud and for strangers. */
export function configurationOf(kind: string): ConfigurationName | undefined {
  return CONFIGURATION_NAMES.find((it) => kindOf(it) === kind);
}
