/** All filters that are added to the engine's own; those of the same name replace the engine's. */
import { STAND_INS } from "../compile";
import { pythonPrint } from "../python";
import type { Callable } from "./callable";
import { CODING_FILTERS } from "./coding";
import { COLLECTION_FILTERS } from "./collections";
import { MAPPING_FILTERS } from "./mappings";
import { METHOD_FILTERS } from "./methods";
import { NUMBER_FILTERS } from "./numbers";
import { PATH_FILTERS } from "./paths";
import { TEXT_FILTERS } from "./text";

/** Filters by name. */
export const FILTERS: ReadonlyMap<string, Callable> = new Map(
  Object.entries({
    ...TEXT_FILTERS,
    ...CODING_FILTERS,
    ...COLLECTION_FILTERS,
    ...MAPPING_FILTERS,
    ...NUMBER_FILTERS,
    ...PATH_FILTERS,
    ...METHOD_FILTERS,
    [STAND_INS.print]: { nullable: true, run: pythonPrint },
  }),
);

const ENGINE_FILTERS =
  "abs attr batch bool capitalize count dictsort e escape filesizeformat first float groupby indent items last length list lower lines map max min pprint reject rejectattr replace reverse round safe select selectattr slice sort split sum title trim upper urlencode xmlattr";

/** Every filter that a template may name. */
export const FILTER_NAMES: readonly string[] = [
  ...new Set([...FILTERS.keys(), ...ENGINE_FILTERS.split(" "), "default", "d"]),
]
  .filter((it) => !it.startsWith("__"))
  .sort();
