/** Hrefs of objects: unprefixed, as in every trace of the service. Pure. */

/** A reference to an object. */
export interface Ref {
  readonly href: string;
}

/** @param collection - such as `devices` */
export function ref(collection: string, id: string): Ref {
  return { href: `/${collection}/${id}` };
}
