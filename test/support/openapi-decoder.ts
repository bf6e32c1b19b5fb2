/**
 * Decodes answers as strictly as the service's last SDK did: a missing required key, or a word that
 * is not in an enum, spoils the whole answer (contract section 1, C-121).
 */
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { DocumentedAnswer, OpenApiSpec, SchemaObject } from "./openapi-spec";

const ROOT = "openapi.json";
const ERROR: SchemaObject = { $ref: "#/components/schemas/Error" };

/** What is to be decoded. */
export interface DecodedAnswer {
  readonly method: string;
  /** Without prefix and query. */
  readonly path: string;
  readonly status: number;
  /** Undefined when the answer has no body. */
  readonly body: unknown;
}

/** See the module's header. */
export class StrictDecoder {
  readonly #answers: readonly DocumentedAnswer[];
  readonly #ajv = new Ajv({ allErrors: true, strict: false });
  readonly #compiled = new Map<SchemaObject, ValidateFunction>();

  /** @param spec - the subset, already turned into JSON Schema */
  constructor({ answers, schemas }: OpenApiSpec) {
    addFormats(this.#ajv);
    this.#ajv.addFormat("string", true);
    this.#ajv.addSchema({ $id: ROOT, components: { schemas } });
    // The fixed words of a path win over its parameters, so that `/devices/batch` is found first.
    this.#answers = answers.toSorted((a, b) => parameters(a.path) - parameters(b.path));
  }

  /** @returns what a strict decoder would trip over; nothing when it would not */
  faultsOf({ method, path, status, body }: DecodedAnswer): string[] {
    if (status >= 400) return this.#check(ERROR, body);
    const known = this.#answers.filter(
      (it) => it.method === method && pathPattern(it.path).test(path),
    );
    const answer = known.find((it) => it.status === status);
    if (answer === undefined) {
      const documented = [...new Set(known.map((it) => it.status))].filter((it) => it < 400);
      return [
        `status ${status} is not documented (documented: ${documented.join(", ") || "none"})`,
      ];
    }
    return answer.schema ? this.#check(answer.schema, body) : [];
  }

  #check(schema: SchemaObject, body: unknown): string[] {
    const validate = this.#compile(schema);
    return validate(body) ? [] : (validate.errors ?? []).map(describe);
  }

  #compile(schema: SchemaObject): ValidateFunction {
    const known = this.#compiled.get(schema);
    if (known) return known;
    const compiled = this.#ajv.compile(absoluteReferences(schema));
    this.#compiled.set(schema, compiled);
    return compiled;
  }
}

function describe({ instancePath, keyword, message, params }: ErrorObject): string {
  const allowed = keyword === "enum" ? ` (${JSON.stringify(params.allowedValues)})` : "";
  const extra = keyword === "additionalProperties" ? ` (${String(params.additionalProperty)})` : "";
  return `${instancePath || "/"} ${message ?? keyword}${allowed}${extra}`;
}

/** References inside an answer's own schema point into the root document. */
function absoluteReferences(schema: SchemaObject): SchemaObject {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${ROOT}#/`),
  ) as SchemaObject;
}

function parameters(path: string): number {
  return path.split("{").length;
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}
