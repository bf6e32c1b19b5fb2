/** A playbook resource with hosts in memory, and the configs that its tests share. */
import { NO_REGISTRY } from "../../../support/no-registry";
import { Dynamic } from "../../../../provider/protocol/dynamic";
import type { ProviderClient } from "../../../../provider/provider-client";
import { createPlaybookResource } from "../../../../provider/resources/playbook/playbook";
import { Harness, type Values } from "../../support/harness";
import { FakeHosts } from "./fake-hosts";

/** A digest in an expectation. */
export const DIGEST = expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string;
/** A play on all hosts. */
export const PLAY = `- hosts: all
  tasks:
    - name: greet
      ansible.builtin.copy: { content: "{{ greeting }} {{ colour | default('red') }}", dest: /tmp/greeting }
`;
const NOTHING = {
  port: null,
  user: null,
  groups: null,
  vars: null,
  machine_id: null,
  bastion: null,
};

/** A host of the config. */
export function hostOf(parts: Values = {}): Values {
  return { address: "127.0.0.1", ...NOTHING, host_keys: ["ssh-ed25519 AAAA"], ...parts };
}

/** A config of two hosts. */
export function configOf(parts: Values = {}): Values {
  return {
    name: "test",
    playbooks: [{ name: "play.yml", content: PLAY }],
    hosts: { a: hostOf(), b: hostOf() },
    vars: varsOf("hello"),
    private_key: "the key",
    ...parts,
  };
}

/** Variables of all hosts. */
export function varsOf(greeting: string): Dynamic {
  return new Dynamic(["object", { greeting: "string" }], { greeting });
}

/** See the header. */
export class PlaybookWorld {
  private constructor(
    readonly hosts: FakeHosts,
    readonly environment: Record<string, string>,
    readonly harness: Harness<ProviderClient>,
  ) {}

  /** With a key in the environment. */
  static async make(): Promise<PlaybookWorld> {
    const hosts = new FakeHosts();
    const environment = { ARMSTEAD_SSH_PRIVATE_KEY: "another key" };
    const resource = createPlaybookResource(() => hosts.engine);
    const harness = await Harness.of(resource, {
      api: {} as never,
      environment,
      registry: NO_REGISTRY,
    });
    return new PlaybookWorld(hosts, environment, harness);
  }

  /** Creates, and expects that all goes well. */
  async create(config: Values = configOf()): Promise<Values> {
    const { state, diagnostics } = await this.harness.change(null, config);
    expect(diagnostics).toEqual([]);
    return state ?? {};
  }

  /** Plans, expects that all goes well, and answers `applied`. */
  async planned(prior: Values | null, config: Values): Promise<Values> {
    const answer = await this.harness.plan(prior, config);
    expect(answer.diagnostics).toEqual([]);
    return (answer.planned?.applied ?? {}) as Values;
  }
}

/** What an answer tells the user, in short. */
export function told(answer: {
  readonly diagnostics?:
    | readonly { readonly severity?: number | undefined; readonly summary?: string | undefined }[]
    | undefined;
}): string[] {
  return (answer.diagnostics ?? []).map(
    ({ severity, summary = "" }) => `${severity === 2 ? "warning" : "error"} ${summary}`,
  );
}
