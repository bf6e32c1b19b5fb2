/** `runner = "ansible"` as a resource: which playbooks it takes, whom it asks, and what a refresh does not do. */
import { UNKNOWN } from "../../../../provider/framework/unknown";
import { createPlaybookResource } from "../../../../provider/resources/playbook/playbook";
import { ansibleRunner } from "../../../../playbooks/ansible/ansible";
import type { ProviderClient } from "../../../../provider/provider-client";
import { NO_REGISTRY } from "../../../support/no-registry";
import { Harness } from "../../support/harness";
import { FakeHosts } from "./fake-hosts";
import { configOf, DIGEST, hostOf, told } from "./playbook-world";

/** Our own runner knows neither the module nor the vault. */
const ODD = `- hosts: all
  tasks:
    - community.general.xml: { path: /x, xpath: /y }
    - ansible.builtin.debug: { msg: !vault abc }
`;
const source = (content: string): object[] => [{ name: "play.yml", content }];

let own: FakeHosts;
let theirs: FakeHosts;
let harness: Harness<ProviderClient>;
let paths: (string | undefined)[];

beforeEach(async () => {
  [own, theirs, paths] = [new FakeHosts(), new FakeHosts(), []];
  const resource = createPlaybookResource(
    () => own.engine,
    (environment) => {
      paths.push(environment.PATH);
      return { ...ansibleRunner(environment), runPlaybooks: theirs.engine.runPlaybooks };
    },
  );
  const environment = { ARMSTEAD_SSH_PRIVATE_KEY: "key", PATH: "/there" };
  harness = await Harness.of(resource, { api: {} as never, environment, registry: NO_REGISTRY });
});

test("what the own runner refuses is taken, planned and run", async () => {
  const config = configOf({ playbooks: source(ODD), runner: "ansible" });

  const { state, diagnostics } = await harness.change(null, config);

  expect(told({ diagnostics })).toEqual([]);
  expect(state?.applied).toEqual({ a: DIGEST, b: DIGEST });
  expect([own.asked.length, theirs.lastHosts, paths.at(-1)]).toEqual([0, ["a", "b"], "/there"]);
});

test("of playbooks that it does not understand, whatever changes makes every host run", async () => {
  const config = configOf({ playbooks: source(ODD), runner: "ansible" });
  const { state } = await harness.change(null, config);
  const other = { ...config, hosts: { a: hostOf(), b: hostOf({ address: "127.0.0.2" }) } };

  const same = await harness.plan(state ?? null, config);
  await harness.change(state ?? null, other);

  expect(same.planned?.applied).toEqual(state?.applied);
  expect(theirs.asked).toHaveLength(2);
  expect(theirs.lastHosts).toEqual(["a", "b"]);
});

test("of playbooks that it understands, only the host that differs runs", async () => {
  const config = configOf({ runner: "ansible" });
  const { state } = await harness.change(null, config);

  await harness.change(state ?? null, {
    ...config,
    hosts: { a: hostOf(), b: hostOf({ machine_id: "another" }) },
  });

  expect(theirs.lastHosts).toEqual(["b"]);
});

test.each<[unknown, string, readonly string[]]>([
  ["armstead", ODD, ["error AS1403", "error AS1404", "error AS1401"]],
  ["ansible", ODD, []],
  [UNKNOWN, ODD, []],
  ["ansible", "- hosts: [", ["error AS1401"]],
  ["puppet", "[]", ["error AS1820"]],
])("runner %p checks a playbook by its own rules", async (runner, content, expected) => {
  const answer = await harness.validate(configOf({ playbooks: source(content), runner }));

  const codes = told(answer).map((it) => it.slice(0, "error AS1401".length));
  expect(codes.every((it) => expected.includes(it))).toBe(true);
  expect(codes.length > 0).toBe(expected.length > 0);
});

test("a destroy play that may read a secret is refused, though it is not understood", async () => {
  const answer = await harness.validate(
    configOf({
      runner: "ansible",
      destroy_playbooks: source(`${ODD}    - community.general.xml: { value: "{{ token }}" }\n`),
      secret_vars: { token: "x" },
      secret_vars_version: 1,
    }),
  );

  expect(told(answer).map((it) => it.slice(0, 12))).toEqual(["error AS1832"]);
});

test("a refresh does not judge hosts whose tasks need secret variables", async () => {
  const secret = { secret_vars: { token: "x" }, secret_vars_version: 1 };
  const made = await harness.change(null, configOf({ ...secret, runner: "ansible" }));

  const answer = await harness.read(made.state ?? {});

  expect(told(answer)[0]).toMatch(/^warning AS1829/);
  expect(theirs.asked).toHaveLength(1);
  expect(answer.state?.applied).toEqual(made.state?.applied);
});
