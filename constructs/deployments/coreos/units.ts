/** Units that all ways to set up a coreos node have in common. Pure. */
import type { SystemDropin, SystemUnit } from "../../../images/node-system/node-system";
import type { CoreosNode } from "./node";

/** Units of one's own that a node's role has. */
export function ownUnits({ options, role }: Pick<CoreosNode, "options" | "role">): SystemUnit[] {
  return options.units
    .filter(({ roles }) => roles === undefined || roles.some((it) => it === role))
    .map(({ name, contents, enabled, dropins }) => ({
      name,
      enabled,
      ...(contents === undefined ? {} : { contents }),
      ...(dropins.length === 0 ? {} : { dropins }),
    }));
}

/**
 * docker of the image: it runs, with flags.
 * @param node - whose docker it is
 * @param more - further drop-ins
 */
export function dockerUnits(
  node: Pick<CoreosNode, "options">,
  more: readonly SystemDropin[] = [],
): SystemUnit[] {
  const { docker } = node.options;
  if (docker === undefined) return [];
  const flags = docker.options.join(" ");
  const contents = `[Service]\nEnvironment="DOCKER_OPTS=${flags}"\n`;
  const dropins = [...(flags === "" ? [] : [{ name: "40-options.conf", contents }]), ...more];
  return [{ name: "docker.service", enabled: true, ...(dropins.length === 0 ? {} : { dropins }) }];
}
