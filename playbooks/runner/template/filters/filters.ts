/** All filters: of Jinja2 and of Ansible. */
import type { Callable } from "./callable";
import { CHOOSING_FILTERS } from "./choosing";
import { CODING_FILTERS } from "./coding";
import { COLLECTION_FILTERS } from "./collections";
import { MAPPING_FILTERS } from "./mappings";
import { MOMENT_FILTERS } from "./moments";
import { NUMBER_FILTERS } from "./numbers";
import { PATH_FILTERS } from "./paths";
import { passwordHash } from "./password-hash";
import { RANDOM_FILTERS } from "./random";
import { REGEX_FILTERS } from "./regex";
import { TEXT_FILTERS } from "./text";

/** Filters by name. */
export const FILTERS: ReadonlyMap<string, Callable> = new Map(
  Object.entries({
    ...TEXT_FILTERS,
    ...REGEX_FILTERS,
    ...CODING_FILTERS,
    ...COLLECTION_FILTERS,
    ...CHOOSING_FILTERS,
    ...MAPPING_FILTERS,
    ...NUMBER_FILTERS,
    ...PATH_FILTERS,
    ...MOMENT_FILTERS,
    ...RANDOM_FILTERS,
    password_hash: passwordHash,
  }),
);

/** Every filter that a template may name. */
export const FILTER_NAMES: readonly string[] = [...FILTERS.keys()].sort();
