/** Tasks that take their time: beside the others, or under a limit. */
import { setImmediate as turn } from "node:timers/promises";
import type { CallOptions } from "../../../../core/bounded";
import type { Command, CommandResult } from "../../../../playbooks/runner/host";
import { FakeHost } from "./fake-host";
import { runFake } from "./run-fake";

const DONE: CommandResult = { code: 0, stdout: "", stderr: "", truncated: false };

/** Runs its first command until it is told to stop, and takes a moment to stop it. */
class BusyHost extends FakeHost {
  stoppedWhileOpen: boolean | undefined;

  constructor(readonly stop: AbortController) {
    super("a");
  }

  override change(_command: Command, { signal }: CallOptions = {}): Promise<CommandResult> {
    if (this.commands.push({ text: "", command: {}, user: "root" }) > 1) {
      this.stop.abort(new Error("enough"));
      return Promise.reject(new Error("enough"));
    }
    return new Promise((_, reject) => {
      signal?.addEventListener("abort", () => {
        void turn().then(() => {
          this.stoppedWhileOpen = !this.closed;
          reject(new Error("stopped"));
        });
      });
    });
  }
}

test("runChecked() lets what runs beside the others be stopped before it closes the connections", async () => {
  const stop = new AbortController();
  const host = new BusyHost(stop);
  const playbook = [
    "- hosts: a",
    "  gather_facts: false",
    "  tasks: [{command: forever, async: 60, poll: 0}, {command: next}]",
  ];

  const openHost = () => Promise.resolve(host);
  const { report } = await runFake({ playbook, openHost, signal: stop.signal });

  expect(report.hosts.a?.status).toBe("cancelled");
  expect([host.stoppedWhileOpen, host.closed]).toEqual([true, true]);
});

test.each(["timeout: 99999999", "async: 99999999"])(
  "runChecked() gives a task as much time as it asks for: %s",
  async (limit) => {
    const host = Object.assign(new FakeHost("a"), {
      change: () => new Promise((resolve) => setTimeout(resolve, 20, DONE)),
    });
    const playbook = ["- hosts: a", "  gather_facts: false", `  tasks: [{command: x, ${limit}}]`];

    const { report } = await runFake({ playbook, openHost: () => Promise.resolve(host) });

    expect(report.hosts.a).toMatchObject({ status: "ok", changed: 1 });
  },
);
