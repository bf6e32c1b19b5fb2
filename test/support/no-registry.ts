/** For what asks no container registry: no login is known, and nothing waits. */
import type { RegistryContext } from "../../registry/registry";

/** See the header. */
export const NO_REGISTRY: RegistryContext = {
  sleep: () => Promise.resolve(),
  random: () => 0,
  login: () => undefined,
};
