/** Which commands bring a service to the state that is asked for. Pure. */
import type { ServiceFacts } from "./service-facts";

/** What is asked for; what is undefined stays. */
export interface ServiceWish {
  readonly name: string;
  readonly state?: "started" | "stopped" | "restarted" | "reloaded" | undefined;
  readonly enabled?: boolean | undefined;
  readonly masked?: boolean | undefined;
  /** Options of systemctl: `--user`, `--no-block`, `--force`. */
  readonly options?: readonly string[];
  /** runit: seconds between the stop and the start of a restart. */
  readonly sleep?: number | undefined;
}

/** @returns commands, in order; none when all is as asked */
export function planService(wish: ServiceWish, facts: ServiceFacts): string[][] {
  return facts.supervisor === "systemd" ? planSystemd(wish, facts) : planRunit(wish, facts);
}

/** What has to be done to make the service run, stop, or begin anew. */
function verbOf({ state }: ServiceWish, { running, stopping }: ServiceFacts): string | undefined {
  if (state === "started") return running ? undefined : "start";
  if (state === "stopped") return running || stopping ? "stop" : undefined;
  if (state === "restarted") return running ? "restart" : "start";
  if (state === "reloaded") return running ? "reload" : "start";
  return undefined;
}

function planSystemd(wish: ServiceWish, facts: ServiceFacts): string[][] {
  const verbs: string[] = [];
  if (wish.masked === false && facts.masked) verbs.push("unmask");
  if (wish.enabled === true && !facts.enabled) verbs.push("enable");
  if (wish.enabled === false && facts.enabled) verbs.push("disable");
  const verb = verbOf(wish, facts);
  if (verb !== undefined) verbs.push(verb);
  if (wish.masked === true && !facts.masked) verbs.push("mask");
  return verbs.map((it) => ["systemctl", ...(wish.options ?? []), it, "--", wish.name]);
}

/**
 * runit runs what is linked into /etc/service, at boot too unless there is a `down` file. So enabled means
 * linked without that file, and a service that only runs now is linked with it.
 */
function planRunit(wish: ServiceWish, facts: ServiceFacts): string[][] {
  const name = wish.name.replace(/\.service$/, "");
  const [folder, link] = [`/etc/sv/${name}`, `/etc/service/${name}`];
  const verb = verbOf(wish, facts);
  const enabled = wish.enabled ?? facts.enabled;
  const linked = enabled || verb === "start" || facts.linked;
  const down = linked && !enabled;
  return [
    ...(down && !facts.down ? [["touch", `${folder}/down`]] : []),
    ...(!down && facts.down && enabled ? [["rm", "-f", `${folder}/down`]] : []),
    ...(linked && !facts.linked ? [["ln", "-s", folder, link]] : []),
    ...(verb === undefined ? [] : runitSteps(verb, name, wish.sleep)),
  ];
}

/** A service that was just linked is known to the supervisor a few seconds later only. */
const WAIT_SCRIPT = `
PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin
n=0
until sv status "$2" >/dev/null 2>&1; do
  n=$((n + 1)); [ $n -le 10 ] || break
  sleep 1
done
exec sv "$1" "$2"`;

function runitSteps(verb: string, name: string, sleep = 0): string[][] {
  if (verb !== "restart" || sleep === 0) return [supervise(verb, name)];
  return [supervise("stop", name), ["sleep", `${sleep}`], supervise("start", name)];
}

function supervise(verb: string, name: string): string[] {
  const word = { start: "up", stop: "down", reload: "hup" }[verb] ?? verb;
  return ["/bin/sh", "-c", WAIT_SCRIPT, "sh", word, name];
}
