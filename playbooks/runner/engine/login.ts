/**
 * Who logs in on a host, and how it is reached: as variables say, which win as in Ansible over keywords; these hold where the
 * inventory leaves it open. A play decides for its tasks, and a task may decide otherwise for itself.
 */
import { OuterFault } from "../../../core/faults";
import {
  CONNECTIONS,
  isGivenAnyway,
  REFUSED_VARIABLES,
  SAYS_LOGIN,
  tellable,
} from "../../model/inventory/connection-variables";
import { SSH_PORT } from "../../model/inventory-host";
import { NO_DIRECTIVES } from "../../model/directives";
import type { Directives } from "../../model/play";
import { isTemplate } from "../../model/template/tokens";
import { taskScope } from "../vars/host-scope";
import type { Scope } from "../vars/scope";
import { countOf, variableText, type Wording } from "../vars/words";
import type { HostRun, Keywords, Login } from "./host-run";
import type { PlayRun, Run } from "./run";

const SAYS_LOGIN_OR_OPTIONS = [...SAYS_LOGIN, ...REFUSED_VARIABLES];

/** A task, and what is known of the host that it is to reach. */
export interface Reaching {
  readonly run: Run;
  /** The variables of that host. */
  readonly scope: Scope;
  readonly directives: Directives;
}

/** Decides for a play. @throws TemplateFailure */
export function logIn(playRun: PlayRun, host: HostRun): void {
  const { run, play } = playRun;
  const scope = taskScope(playRun, host, NO_DIRECTIVES);
  const login = loginOf({ run, scope, keywords: play.directives }, host);
  if (!isSame(host, login, host.login)) host.close();
  host.login = login;
  host.keywords = play.directives;
}

/**
 * The host as a task reaches it: mostly as its play does.
 * @throws TemplateFailure; OuterFault AS2310
 */
export function reachedBy({ run, scope, directives }: Reaching, host: HostRun): HostRun {
  const { remoteUser, port, connection } = directives;
  const known = host.keywords;
  const isAsBefore =
    known !== undefined &&
    [remoteUser === known.remoteUser, port === known.port, connection === known.connection].every(
      Boolean,
    );
  if (isAsBefore && !scope.saysAboveInventory(SAYS_LOGIN_OR_OPTIONS)) return host;
  const login = loginOf({ run, scope, keywords: directives }, host);
  return isSame(host, login, host.login) ? host : host.reachedAs(login);
}

interface Saying {
  readonly run: Run;
  readonly scope: Scope;
  readonly keywords: Keywords;
}

function loginOf({ run, scope, keywords }: Saying, host: HostRun): Login {
  const wording = { templar: run.templar, scope };
  const { open, vars } = host.entry;
  checkOptions(scope);
  // A host that came from no inventory says itself how it is reached, unless plays say otherwise.
  const isAsked = open !== undefined || scope.saysAboveInventory(SAYS_LOGIN);
  return {
    ...ofKeywords(keywords, wording, host),
    ...(isAsked ? ofVariables(wording, host) : {}),
    ...localOf(keywords, wording, { isAsked, known: vars.ansible_connection }),
  };
}

function ofKeywords({ remoteUser, port }: Keywords, wording: Wording, { entry }: HostRun): Login {
  const { open } = entry;
  const { templar, scope } = wording;
  return {
    ...(open?.user === true && remoteUser !== undefined
      ? { user: templar.render(remoteUser, scope) }
      : {}),
    ...(open?.port === true && port !== undefined
      ? { port: countOf(wording, port, SSH_PORT) }
      : {}),
  };
}

/** Templates of the inventory, and what wins over it: variables of the play, `-e ansible_user=…`. */
function ofVariables({ templar, scope }: Wording, { entry }: HostRun): Login {
  // The older names win, as in Ansible.
  const read = (names: readonly string[], known: string | undefined): string | undefined => {
    const found = names.map((it) => scope.find(it, [])).find((it) => it.found && it.value !== null);
    const text = found?.found === true ? variableText(found.value) : undefined;
    if (text !== undefined && text !== known) return text;
    return known !== undefined && isTemplate(known) ? templar.render(known, scope) : undefined;
  };
  const address = read(["ansible_ssh_host", "ansible_host"], entry.address);
  const user = read(["ansible_ssh_user", "ansible_user"], entry.user);
  const port = read(["ansible_ssh_port", "ansible_port"], String(entry.port ?? SSH_PORT));
  const keyFile = read(["ansible_private_key_file", "ansible_ssh_private_key_file"], entry.keyFile);
  return {
    ...(address === undefined ? {} : { address }),
    ...(user === undefined ? {} : { user }),
    ...(port === undefined || !/^\d+$/.test(port) ? {} : { port: Number(port) }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}

/** @throws OuterFault AS2310 for a connection that is not supported */
function localOf(
  { connection }: Keywords,
  { templar, scope }: Wording,
  { isAsked, known }: { readonly isAsked: boolean; readonly known: unknown },
): Login {
  const variable = isAsked ? scope.find("ansible_connection", []) : undefined;
  const said = variable?.found === true ? variable.value : known;
  const keyword = connection === undefined ? undefined : templar.render(connection, scope);
  const text = variableText(said) ?? keyword;
  if (text === undefined) return {};
  const name = text.replace(/^ansible\.builtin\./, "");
  if (CONNECTIONS.includes(name)) return { local: name === "local" };
  throw new OuterFault("AS2310", { problem: `the connection ${name} is not supported` });
}

/** What templates of plays give and nobody could tell before. @throws OuterFault AS2310 */
function checkOptions(scope: Scope): void {
  if (!scope.saysAboveInventory(REFUSED_VARIABLES)) return;
  for (const name of REFUSED_VARIABLES.filter((it) => scope.saysAboveInventory([it]))) {
    const found = scope.find(name, []);
    const text = found.found ? variableText(found.value)?.trim() : undefined;
    if (text === undefined || text === "" || isGivenAnyway(text)) continue;
    const given = tellable(name, text) === undefined ? "" : `: ${text}`;
    throw new OuterFault("AS2310", { problem: `${name} is not supported${given}` });
  }
}

function isSame({ entry }: HostRun, left: Login, right: Login): boolean {
  const full = ({ address, user, port, keyFile, local = false }: Login): string =>
    [
      address ?? entry.address,
      user ?? entry.user,
      port ?? entry.port ?? SSH_PORT,
      keyFile ?? entry.keyFile ?? "",
      local,
    ].join("\0");
  return full(left) === full(right);
}
