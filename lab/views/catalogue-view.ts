/** Plans, operating systems and locations on the wire. Pure. */
import { FACILITIES, type Facility, METROS, type Metro } from "../catalogue/locations";
import type { Plan } from "../catalogue/plans";
import type { OperatingSystem } from "../catalogue/systems";
import { ref } from "./href";

const DISTRO_LABELS: Readonly<Record<string, string>> = {
  debian: "Debian",
  starlingx: "StarlingX (scripted)",
};

/** Metro → wire. */
export function metroView({ id, code, name, country }: Metro): object {
  return { id, code, name, country, href: ref("locations/metros", id).href };
}

/** Facility → wire. The address is left out: it would need street and code to be valid. */
export function facilityView({ id, code, name, metro }: Facility): object {
  return {
    id,
    code,
    name,
    features: ["baremetal", "backend_transfer", "layer_2", "global_ipv4"],
    ip_ranges: [],
    metro: metroView(metro),
    href: ref("facilities", id).href,
  };
}

/** Plan → wire. */
export function planView(plan: Plan): object {
  const server = plan.line === "baremetal";
  const price = { hour: plan.pricePerHour };
  return {
    id: plan.id,
    slug: plan.slug,
    name: plan.name,
    description: plan.description,
    line: plan.line,
    class: plan.class,
    legacy: false,
    type: "standard",
    categories: server ? ["compute", "current_gen"] : [],
    deployment_types: server ? ["on_demand"] : [],
    specs: plan.specs ?? {},
    pricing: price,
    available_in: server ? FACILITIES.map((it) => ({ ...ref("facilities", it.id), price })) : [],
    available_in_metros: server
      ? METROS.map((it) => ({ ...ref("locations/metros", it.id), price }))
      : [],
    href: ref("plans", plan.id).href,
  };
}

/** Operating system → wire. */
export function systemView(system: OperatingSystem): object {
  const { id, slug, name, distro, version, provisionableOn, isDefault } = system;
  return {
    id,
    slug,
    name,
    distro,
    distro_label: DISTRO_LABELS[distro] ?? "Custom iPXE",
    version,
    provisionable_on: [...provisionableOn],
    preinstallable: false,
    pricing: {},
    licensed: false,
    lifecycle_state: "active",
    default_operating_system: isDefault,
    href: ref("operating-systems", id).href,
  };
}
