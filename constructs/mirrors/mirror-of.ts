/** Which mirrors are asked for the images of a registry: its own, else those of all (`*`). Pure. */
import type { Mirror, MirrorEndpoint } from "../../cluster";

/** The endpoints, in the order in which nodes ask them. */
export function endpointsOf(
  registry: string,
  mirrors: readonly Mirror[],
): readonly MirrorEndpoint[] {
  const own = mirrors.find((it) => it.registry === registry);
  return (own ?? mirrors.find((it) => it.registry === "*"))?.endpoints ?? [];
}
