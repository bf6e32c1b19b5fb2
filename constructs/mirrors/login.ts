/**
 * Logins of mirrors. A cluster names secret variables only, and rendered files hold templates in their place: plays fill them in
 * on the nodes, so that Terraform's state has no login. Pure.
 */
import type { CredentialsSpec } from "../../cluster/config";

const JSON_TEMPLATE = /"\{\{ (\w+) \| to_json \}\}"/g;
const FILLED = /\{\{ (\w+) \| to_json \}\}|\{\{ \((\w+) ~ ':' ~ (\w+)\) \| b64encode \}\}/g;

/** User and password as templates, for a file that {@link finishTemplates} has the last word on. */
export function loginOf({ username, password }: CredentialsSpec): {
  readonly username: string;
  readonly password: string;
} {
  return { username: `{{ ${username} | to_json }}`, password: `{{ ${password} | to_json }}` };
}

/** What containers-auth.json(5) and HTTP call basic. */
export function basicOf({ username, password }: CredentialsSpec): string {
  return `{{ (${username} ~ ':' ~ ${password}) | b64encode }}`;
}

/** Takes the quotes around templates that give quoted text themselves. */
export function finishTemplates(content: string): string {
  return content.replaceAll(JSON_TEMPLATE, "{{ $1 | to_json }}");
}

/**
 * The file with its logins, for places outside of Terraform.
 * @param content - as rendered
 * @param valueOf - the value of a secret variable
 */
export function fillLogins(content: string, valueOf: (name: string) => string): string {
  return content.replaceAll(
    FILLED,
    (_, own: string | undefined, username: string, password: string) =>
      own === undefined
        ? Buffer.from(`${valueOf(username)}:${valueOf(password)}`).toString("base64")
        : JSON.stringify(valueOf(own)),
  );
}
