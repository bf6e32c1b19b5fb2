/** How runs of ansible-playbook end that are stopped, or broken off: with a program that stands in for it. */
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ansibleRunner } from "../../../playbooks/ansible/ansible";
import type { RunInput, RunReport } from "../../../playbooks/playbooks";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "stand-in-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const HOST = {
  ...{ address: "127.0.0.1", user: "root", groups: [], vars: {} },
  hostKeys: ["ssh-ed25519 AAAA"],
};
const INPUT: RunInput = {
  ...{ vars: {}, secretVars: {}, files: new Map(), mode: "apply", forks: 2 },
  inventory: { a: HOST, b: HOST },
};

/** Runs plays by a program that does what the lines of shell say. */
function run(
  lines: readonly string[],
  signal: AbortSignal,
  inventory = INPUT.inventory,
): Promise<RunReport> {
  const program = path.join(folder, "ansible-playbook");
  writeFileSync(program, ["#!/bin/sh", `cd ${folder}`, ...lines].join("\n"));
  chmodSync(program, 0o755);
  const runner = ansibleRunner({ PATH: `${folder}:${process.env.PATH ?? ""}` });
  const source = { name: "site.yml", content: "- hosts: all\n  tasks: [{ping: }]\n" };
  const { playbooks } = runner.parsePlaybooks([source], INPUT.files);
  return runner.runPlaybooks(
    playbooks,
    { ...INPUT, inventory },
    { connectTimeout: 500, signal, onEvent: () => undefined },
  );
}

const statuses = ({ hosts }: RunReport): string[] =>
  Object.entries(hosts).map(([name, it]) => `${name} ${it.status}`);

test("hosts that no play had come to when it was stopped are not done", async () => {
  const stop = new AbortController();
  const ended = run(["touch started; exec sleep 60"], stop.signal);
  while (!existsSync(path.join(folder, "started"))) await new Promise(setImmediate);

  stop.abort(new Error("stopped"));

  expect(statuses(await ended)).toEqual(["a cancelled", "b cancelled"]);
});

test("a run that was stopped before, as while keys are looked at, does not begin", async () => {
  const inventory = { a: { ...HOST, hostKeys: [] }, b: HOST };

  const report = await run(["touch started"], AbortSignal.abort(new Error("stopped")), inventory);

  expect(statuses(report)).toEqual(["a cancelled", "b cancelled"]);
  expect(existsSync(path.join(folder, "started"))).toBe(false);
});

test("a program that is killed in the middle of a line has failed on all hosts", async () => {
  const play = '{"event": "play", "play": "p", "hosts": ["a"]}';

  const report = await run(
    [`printf '%s\\n{"event": "ta' '${play}' >&3`, "echo no memory", "kill -9 $$"],
    new AbortController().signal,
  );

  expect(statuses(report)).toEqual(["a failed", "b failed"]);
  expect(report.hosts.b?.error).toBe("AS2391  ansible-playbook gave up: no memory");
});
