/**
 * Protobuf messages as data: a message is a table of fields, and its TypeScript type follows
 * from the table. Nothing is generated. Only what tfplugin6 needs: no floats, no groups.
 */

/** Wire form of a field's value. */
export type FieldKind = "bytes" | "string" | "int" | "bool" | "message";

/** One field; `T` is the type of its value in a decoded message. */
export interface Field<T> {
  readonly number: number;
  readonly kind: FieldKind;
  /** One value, a list of values, or a map from text to messages. */
  readonly shape: "one" | "list" | "map";
  /** Table of the inner message; a function, since messages may hold themselves. */
  readonly inner?: () => MessageTable;
  /** Carries the type only; never there at run time. */
  readonly type?: T;
}

/** Fields by name. */
export type MessageTable = Readonly<Record<string, Field<unknown>>>;

/** The type of a message: fields that were not sent are undefined. */
export type Message<S extends MessageTable> = {
  readonly [K in keyof S]?: S[K] extends Field<infer T> ? T | undefined : never;
};

/** A field of bytes. */
export function bytes(number: number): Field<Uint8Array> {
  return { number, kind: "bytes", shape: "one" };
}

/** A field of text. */
export function text(number: number): Field<string> {
  return { number, kind: "string", shape: "one" };
}

/** A field of a whole number (varint) or an enum. */
export function int(number: number): Field<number> {
  return { number, kind: "int", shape: "one" };
}

/** A yes-or-no field. */
export function bool(number: number): Field<boolean> {
  return { number, kind: "bool", shape: "one" };
}

/** A field that holds another message. */
export function message<S extends MessageTable>(number: number, inner: S): Field<Message<S>> {
  return { number, kind: "message", shape: "one", inner: () => inner };
}

/** A repeated message. */
export function list<S extends MessageTable>(
  number: number,
  inner: S,
): Field<readonly Message<S>[]> {
  return { number, kind: "message", shape: "list", inner: () => inner };
}

/** A map from text to messages. */
export function map<S extends MessageTable>(
  number: number,
  inner: S,
): Field<Readonly<Record<string, Message<S>>>> {
  return { number, kind: "message", shape: "map", inner: () => inner };
}

/** A message that may hold itself: its table is looked up late, its type is given. */
export function recursive<T>(
  number: number,
  shape: "one" | "list",
  inner: () => MessageTable,
): Field<T> {
  return { number, kind: "message", shape, inner };
}
