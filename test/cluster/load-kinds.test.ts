/** Kinds of deployments that another package brings: their roles, files and rules in cluster files. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { DeploymentKind } from "../../constructs";
import { catalogueWith } from "../../constructs/catalogue";
import { fault, type Fault, formatFault, UserFault } from "../../core/faults";
import { readCluster } from "../../stacks";
import { clusterFolder } from "../support/cluster-folder";

const CLUSTER = `apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, capacity: [c3.large.arm64] } }
access: { sshKeys: [./key.pub] }
pools: [{ name: hall, role: greeter, count: 2 }]
deployment: { kind: greeting, card: ./card.txt }
`;

const greeting: DeploymentKind = {
  rules: {
    kind: "greeting",
    doc: "Greets",
    roles: ["greeter"],
    options: { card: z.string() },
    files: { card: ({ content, written }) => judge(content, written) },
    check: () => [],
  },
  define: (options) => ({
    rules: greeting.rules,
    options,
    vars: ({ pools }) => ({ greeted: pools.map(({ name }) => name) }),
  }),
};

function judge(content: string, file: string): Fault[] {
  const line = content.split("\n").findIndex((it) => it === "rude") + 1;
  const position = { file, line, column: 1 };
  return line === 0 ? [] : [fault("AS1209", "", { given: "rude", position })];
}

test("a kind's role is known with it alone, and its file comes with the cluster", () => {
  const { config } = load(CLUSTER, "hello\n");

  expect(config.pools[0]?.role).toBe("greeter");
  expect(config.deployment).toMatchObject({
    kind: "greeting",
    card: { written: "./card.txt", content: "hello\n" },
  });
  expect(faultsOf(() => load(CLUSTER, "hello\n", []))).toEqual([
    expect.stringMatching(/^cluster.yaml:6:29 {2}AS1203 .*unknown role "greeter"/),
    expect.stringMatching(/^cluster.yaml:7:21 {2}AS1207 .*unknown kind "greeting"/),
  ]);
});

test("what is wrong in a kind's file is told with its place there, behind the cluster file's own", () => {
  const wrong = CLUSTER.replace("{ name: edge }", "{ name: edge, nmae: edge }");

  expect(faultsOf(() => load(wrong, "hello\nrude\n"))).toEqual([
    expect.stringMatching(/^cluster.yaml:3:25 {2}AS1206 /),
    expect.stringMatching(/^.\/card.txt:2:1 {2}AS1209 /),
  ]);
});

test("a file that is not there is a fault of the option", () => {
  const missing = CLUSTER.replace("./card.txt", "./lost.txt");

  expect(faultsOf(() => load(missing, ""))).toEqual([
    expect.stringMatching(/^cluster.yaml:7:37 {2}AS1211 .*there is no such file/),
  ]);
});

test("two kinds of one name are refused", () => {
  expect(faultsOf(() => catalogueWith([greeting, greeting]))).toEqual([
    expect.stringMatching(/^AS1607 .*"greeting"/),
  ]);
});

function load(yaml: string, card: string, deployments: readonly DeploymentKind[] = [greeting]) {
  const folder = clusterFolder(yaml);
  writeFileSync(path.join(folder, "card.txt"), card);
  return readCluster("cluster.yaml", { environment: {}, folder, deployments });
}

function faultsOf(act: () => unknown): string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return error.faults.map(formatFault);
  }
}
