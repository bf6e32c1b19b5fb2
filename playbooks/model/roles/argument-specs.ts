/** Reads `meta/argument_specs.yml` of roles: a task in front of the role's own checks its arguments. */
import { isMapping } from "../../../core/mapping";
import { Cursor } from "../cursor";
import type { Variables } from "../play";
import type { TaskScope } from "../task-scope";
import { filesOfPart } from "./find-role";

/** Where specifications stand. */
export interface SpecQuery {
  /** The role's folder. */
  readonly path: string;
  /** The role's name. */
  readonly name: string;
  /** The file of tasks that is begun with. */
  readonly entry: string;
  /** Given beside the role's name. */
  readonly params: Variables;
}

/**
 * The task, as a playbook would have it.
 * @returns undefined when the role says nothing of this entry
 */
export function specTask(scope: TaskScope, query: SpecQuery): Cursor | undefined {
  const specs = specsOf(scope, query.path);
  const at = specs?.at(query.entry);
  if (!specs || !at || !isMapping(at.value) || Object.keys(at.value).length === 0) return undefined;
  const { short_description: about, options = {} } = at.value;
  const name = `Validating arguments against arg spec '${query.entry}'`;
  const task = {
    name: typeof about === "string" ? `${name} - ${about}` : name,
    validate_argument_spec: {
      argument_spec: options,
      provided_arguments: query.params,
      validate_args_context: {
        type: "role",
        name: query.name,
        argument_spec_name: query.entry,
        path: query.path,
      },
    },
    tags: ["always"],
  };
  const { position } = at;
  const place = () => position;
  const document = { ...at.document, data: [task], locate: place, locateKey: place };
  return Cursor.root(document);
}

function specsOf({ parsing, reach }: TaskScope, path: string): Cursor | undefined {
  const [own] = filesOfPart(parsing.files, path, { part: "meta", name: "argument_specs" });
  const [main] = filesOfPart(parsing.files, path, { part: "meta" });
  const file = own ?? main;
  if (file === undefined) return undefined;
  const document = parsing.document(file);
  reach.documents.set(file, document.data);
  const at = Cursor.root(document).at("argument_specs");
  if (at.value === undefined || at.value === null) return undefined;
  if (isMapping(at.value)) return at;
  parsing.report(at.fault("AS1405", { given: at.value, allowed: "a mapping of entry points" }));
  return undefined;
}
