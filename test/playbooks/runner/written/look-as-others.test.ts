/** The quick look for drift at files that tasks wrote as another user: with whatever password tasks would have. */
import type { Become, Host } from "../../../../playbooks/runner/host";
import type { RunReport } from "../../../../playbooks/runner/events";
import { lookAtFiles } from "../../../../playbooks/runner/written/look-at-files";
import type { WrittenFiles } from "../../../../playbooks/runner/written/prints";
import { FakeHost } from "../engine/fake-host";

const FILES = { "/etc/motd": "8 0644 0:0 0123456789abcdef" };

function look(
  host: Host,
  written: WrittenFiles,
  vars: Readonly<Record<string, unknown>> = {},
): Promise<RunReport> {
  const entry = { address: "10.0.0.1", user: "ops", hostKeys: [], groups: [], vars };
  const { signal } = new AbortController();
  return lookAtFiles(
    { a: [written] },
    {
      ...{ inventory: { a: entry }, vars: {}, secretVars: {}, files: new Map(), forks: 1 },
      mode: "refresh",
    },
    {
      options: { signal, connectTimeout: 1_000, onEvent: () => undefined },
      machinery: {
        modules: new Map(),
        gatherFacts: () => Promise.resolve({}),
        openHost: () => Promise.resolve(host),
      },
    },
  );
}

test.each([
  ["sudo", { ansible_become_password: "pw" }, "pw"],
  ["sudo", { ansible_become_pass: 1234 }, "1234"],
  ["sudo", { ansible_sudo_pass: "pw", ansible_su_pass: "no" }, "pw"],
  ["su", { ansible_su_pass: "{{ word }}", word: "pw" }, "pw"],
  ["sudo", {}, undefined],
] as const)("by %s with %j it is %j", async (method, vars, password) => {
  const used: Become[] = [];
  const host = Object.assign(new FakeHost("a"), {
    as(become: Become): Host {
      used.push(become);
      return host;
    },
  });

  await look(host, { become: { user: "root", method }, files: FILES }, vars);

  expect(used.map((it) => it.password?.reveal())).toEqual([password]);
});

test("a mistake of ours is not taken for a host that shows nothing", async () => {
  const query = () => Promise.reject(new TypeError("a mistake of ours"));
  const host = Object.assign(new FakeHost("a"), { query });

  const report = await look(host, { files: FILES });

  expect(report.hosts.a?.error).toContain("a mistake of ours");
});
