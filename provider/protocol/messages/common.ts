/** Messages that several calls share (tfplugin6.proto). Numbers are the protocol's. */
import {
  bool,
  bytes,
  int,
  list,
  message,
  recursive,
  text,
  type Message,
  type MessageTable,
} from "../field";

/** A value: msgpack, or JSON. Both empty is null. */
export const DynamicValue = { msgpack: bytes(1), json: bytes(2) };
/** See the table of the same name. */
export type DynamicValue = Message<typeof DynamicValue>;

/** One step of a path: exactly one member is sent. */
export const Step = {
  attribute_name: text(1),
  element_key_string: text(2),
  element_key_int: int(3),
};
/** See the table of the same name. */
export type Step = Message<typeof Step>;

/** Where in a value. */
export const AttributePath = { steps: list(1, Step) };
/** See the table of the same name. */
export type AttributePath = Message<typeof AttributePath>;

/** Something to tell the user. */
export const Diagnostic = {
  severity: int(1),
  summary: text(2),
  detail: text(3),
  attribute: message(4, AttributePath),
};
/** See the table of the same name. */
export type Diagnostic = Message<typeof Diagnostic>;

/** Values of {@link Diagnostic}.severity; zero would be shown as a warning. */
export const SEVERITY = { error: 1, warning: 2 } as const;

/** What this Terraform can do. */
export const ClientCapabilities = {
  deferral_allowed: bool(1),
  write_only_attributes_allowed: bool(2),
};

/** What this provider can do. */
export const ServerCapabilities = {
  plan_destroy: bool(1),
  get_provider_schema_optional: bool(2),
  move_resource_state: bool(3),
};

/** State as it was stored. */
export const RawState = {
  json: bytes(1),
  /** Only in state from before Terraform 0.12: its presence is all that matters. */
  flatmap: list(2, {}),
};

/** Values of an object's nesting. */
export const NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;

/** An attribute of a schema; `type` is JSON, and absent where `nested_type` is given. */
export interface AttributeMessage {
  readonly name: string;
  readonly type?: Uint8Array | undefined;
  readonly description?: string | undefined;
  readonly required?: boolean | undefined;
  readonly optional?: boolean | undefined;
  readonly computed?: boolean | undefined;
  readonly sensitive?: boolean | undefined;
  readonly description_kind?: number | undefined;
  readonly deprecated?: boolean | undefined;
  readonly nested_type?:
    { readonly attributes: readonly AttributeMessage[]; readonly nesting: number } | undefined;
  readonly write_only?: boolean | undefined;
}

const NestedObject = {
  attributes: recursive<readonly AttributeMessage[]>(1, "list", (): MessageTable => Attribute),
  nesting: int(3),
};

const Attribute = {
  name: text(1),
  type: bytes(2),
  description: text(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  description_kind: int(8),
  deprecated: bool(9),
  nested_type: recursive<NonNullable<AttributeMessage["nested_type"]>>(
    10,
    "one",
    (): MessageTable => NestedObject,
  ),
  write_only: bool(11),
};

/** A schema's attributes. Terraform reads the version of the schema, not of the block. */
export const Block = {
  attributes: recursive<readonly AttributeMessage[]>(2, "list", (): MessageTable => Attribute),
  description: text(4),
  description_kind: int(5),
};

/** Schema of the provider, a resource or a data source. */
export const Schema = { version: int(1), block: message(2, Block) };
/** See the table of the same name. */
export type SchemaMessage = Message<typeof Schema>;
