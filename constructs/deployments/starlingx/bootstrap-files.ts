/**
 * Files of the bootstrap: localhost.yml, which says what the site is, and secrets.yml, which holds what is written nowhere else.
 * localhost.yml refers to secrets by their vault names, as StarlingX' page on Ansible Vault has it, so that an operator may
 * encrypt the other file. Pure.
 */
import { stringify } from "yaml";
import type { ClusterSpec } from "../../../cluster";
import { PASSWORD_DEFAULTS } from "../../../cluster/deployments/starlingx/rules/registries";
import { oamOf } from "../../../cluster/deployments/starlingx/networks";
import type { Site } from "../../../cluster/deployments/starlingx/site";
import { networkVariables, type Overrides, overridesOf } from "./overrides";
import { dockerRegistries } from "./registries";

const HEADING = "# Made of the description of the cluster; changes here do not last.\n";

/** How localhost.yml refers to the secrets. */
export const SECRET_REFERENCES = {
  admin_password: "{{ vault_admin_password }}",
  ansible_become_pass: "{{ vault_ansible_become_pass }}",
} as const;

/** The overrides of a site as a file. */
export function localhostFile(site: Site, cluster: ClusterSpec): string {
  return yamlOf({ ...overridesOf(site, cluster), ...SECRET_REFERENCES });
}

/** Names of a site's passwords among the cluster's secret variables. */
export function passwordNames(central: Site): {
  readonly admin: string;
  readonly sysadmin: string;
} {
  const { admin, sysadmin } = central.options.passwords ?? {};
  return {
    admin: admin ?? PASSWORD_DEFAULTS.admin,
    sysadmin: sysadmin ?? PASSWORD_DEFAULTS.sysadmin,
  };
}

/** The secrets of a site as a file; logins and passwords are templates, see {@link fillable}. */
export function secretsFile(site: Site, central: Site, cluster: ClusterSpec): string {
  const { admin, sysadmin } = passwordNames(central);
  const { entries, hasLogins } = dockerRegistries(site, cluster);
  return yamlOf({
    vault_admin_password: `{{ ${admin} | to_json }}`,
    vault_ansible_become_pass: `{{ ${sysadmin} | to_json }}`,
    // It stands in the place of docker_registries.
    ...(hasLogins ? { vault_docker_registries: entries } : {}),
  });
}

/** What dcmanager is told of a subcloud; the role and the passwords are dcmanager's own matter. */
export function subcloudOverrides(site: Site, cluster: ClusterSpec): Overrides {
  const { subcloud } = site;
  const { floating } = oamOf(site);
  const { entries } = dockerRegistries(site, cluster);
  const all = overridesOf(site, cluster);
  return {
    ...without(all, ["admin_username", "distributed_cloud_role", "docker_registries"]),
    ...networkVariables(site),
    name: subcloud?.name,
    ...(subcloud?.description === undefined ? {} : { description: subcloud.description }),
    ...(subcloud?.location === undefined ? {} : { location: subcloud.location }),
    external_oam_floating_address: floating,
    systemcontroller_gateway_address: subcloud?.systemControllerGateway,
    ...(Object.keys(entries).length > 0 ? { docker_registries: entries } : {}),
  };
}

/** The same as a file; logins are templates, see {@link fillable}. */
export function subcloudFile(site: Site, cluster: ClusterSpec): string {
  return yamlOf(subcloudOverrides(site, cluster));
}

function without(values: Overrides, names: readonly string[]): Overrides {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

function yamlOf(values: Overrides): string {
  return `${HEADING}${stringify(values, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 })}`;
}

const LOGIN_OR_OPENING = /"\{\{ (\w+) \| to_json \}\}"|\{[{%#]/g;

/** Plays fill in templates in whatever they put: secrets stay templates, all else is left as it was. */
export function fillable(text: string): string {
  return text.replaceAll(LOGIN_OR_OPENING, (it, secret: string | undefined) =>
    secret === undefined ? `{{ '${it}' }}` : `{{ ${secret} | to_json }}`,
  );
}

/** What plays leave as it was, all of it. */
export function asLiteral(text: string): string {
  return text.replaceAll(/\{[{%#]/g, (it) => `{{ '${it}' }}`);
}
