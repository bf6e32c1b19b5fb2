/** The older metadata service: names in a list, one text an item (contract 7.1). Pure. */
import { tryFindSystem } from "../catalogue/systems";
import type { LabContext } from "../context";
import type { AssignmentRecord, DeviceRecord } from "../store/records";
import { iqnOf } from "../views/metadata-view";

/** An item: its text, or the items below it. */
type Item = string | ReadonlyMap<string, string>;

/** Text of an item by its path, empty path for the list of all; undefined when there is none. */
export function tryGetItem(
  context: LabContext,
  device: DeviceRecord,
  path: string,
): string | undefined {
  const [name = "", below = "", ...rest] = path.split("/").filter((it) => it !== "");
  const items = itemsOf(context, device);
  if (name === "") return [...items.keys()].join("\n");
  const item = items.get(name);
  if (item === undefined || rest.length > 0) return undefined;
  if (typeof item === "string") return below === "" ? item : undefined;
  return below === "" ? [...item.keys()].join("\n") : item.get(below);
}

function itemsOf({ store }: LabContext, device: DeviceRecord): ReadonlyMap<string, Item> {
  const addresses = store.assignments.of(device.id);
  const system = tryFindSystem(device.system);
  const items: [string, Item][] = [
    ["instance-id", device.id],
    ["hostname", device.hostname],
    ["iqn", iqnOf(device)],
    ["plan", device.plan],
    ["facility", device.facility],
    ["tags", device.tags.join("\n")],
    [
      "operating-system",
      new Map([
        ["slug", device.system],
        ["distro", system?.distro ?? ""],
        ["version", system?.version ?? ""],
      ]),
    ],
    ["public-keys", device.authorizedKeys.join("\n")],
    ["public-ipv4", join(addresses, (it) => it.family === 4 && it.public)],
    ["public-ipv6", join(addresses, (it) => it.family === 6)],
    ["local-ipv4", join(addresses, (it) => it.family === 4 && !it.public)],
  ];
  // An address that a machine does not have is no item of it; its lists may be empty.
  return new Map(items.filter(([name, item]) => item !== "" || !name.includes("ipv")));
}

function join(
  addresses: readonly AssignmentRecord[],
  fits: (it: AssignmentRecord) => boolean,
): string {
  return addresses
    .filter(fits)
    .map((it) => it.address)
    .join("\n");
}
