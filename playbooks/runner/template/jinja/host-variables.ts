/** `hostvars` as a value: a host's variables are read when they are asked for, not before. */
import type { VariableScope } from "../scope";
import { isDict, TemplateObject, Undefined } from "../values";

/** All hosts, unread. */
export class HostVariables extends TemplateObject {
  readonly typeName = "HostVars";

  /** @param scope - who knows them */
  constructor(readonly scope: VariableScope) {
    super();
  }

  /** @inheritdoc */
  override member(name: string): unknown {
    return this.find(name, []);
  }

  /** A variable of a host; an {@link Undefined} where there is none. */
  find(host: string, path: readonly (string | number)[]): unknown {
    const found = this.scope.findOfHost(host, path);
    return found.found ? found.value : new Undefined(found.reason);
  }

  /** Every variable of every host. */
  all(): Readonly<Record<string, unknown>> {
    const found = this.scope.find("hostvars", []);
    return found.found && isDict(found.value) ? found.value : {};
  }
}
