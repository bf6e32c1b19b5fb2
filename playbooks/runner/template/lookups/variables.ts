/** Lookups of variables. */
import { TemplateFailure } from "../failure";
import { pythonRegExp } from "../filters/regex";
import { pythonStr } from "../python";
import { isDict } from "../values";
import type { Lookups } from "./lookup";

/** Lookups of variables. */
export const VARIABLE_LOOKUPS: Lookups = {
  vars: {
    options: ["default"],
    run: (terms, { scope, options }) =>
      terms.map((term) => {
        if (typeof term !== "string") {
          throw new TemplateFailure("other", "the lookup vars takes names of variables");
        }
        const found = scope.find(term, []);
        if (found.found) return found.value;
        if (Object.hasOwn(options, "default")) return options.default;
        throw new TemplateFailure("undefined", found.reason);
      }),
  },
  varnames: {
    run: (terms, { scope }) => {
      const names = scope.names?.() ?? [];
      return terms.flatMap((term) => {
        const pattern = pythonRegExp(term);
        return names.filter((it) => pattern.test(it));
      });
    },
  },
  inventory_hostnames: {
    run: (terms, { scope }) => {
      const groups = scope.find("groups", []);
      const known = groups.found && isDict(groups.value) ? groups.value : {};
      return [
        ...new Set(
          terms.flat().flatMap((term) => {
            const name = pythonStr(term);
            if (!/^[\w.-]+$/.test(name)) {
              throw new TemplateFailure(
                "other",
                "the lookup inventory_hostnames takes names of groups; combine lists with union and difference",
              );
            }
            const members = Object.hasOwn(known, name) ? known[name] : undefined;
            const all = Array.isArray(known.all) ? (known.all as unknown[]) : [];
            return Array.isArray(members)
              ? (members as unknown[])
              : all.filter((it) => it === name);
          }),
        ),
      ];
    },
  },
};
