/** `armstead image`: the matrix says what the checks say, and a family tells what it is. */
import { type Catalogue, loadCluster } from "../../../cluster";
import { CATALOGUE } from "../../../constructs/catalogue";
import { type SupportRow, supportMatrix } from "../../../constructs/support-matrix";
import { formatFault, UserFault } from "../../../core/faults";
import { IMAGE_FAMILIES } from "../../../images/families";
import { clusterFolder } from "../../support/cluster-folder";
import { runHere } from "../../support/command-line";

const ROWS = supportMatrix(CATALOGUE);
const FIRST_COLUMNS = /^(\S+) {2,}(\S+) {2,}/;

test("image matrix prints every combination, and JSON has the same", async () => {
  const text = await runHere(["image", "matrix"]);
  const json = await runHere(["image", "matrix", "--json"]);

  expect([text.code, json.code]).toEqual([0, 0]);
  expect(text.stdout.trim().split("\n")).toHaveLength(ROWS.length + 1);
  expect(text.stdout).toMatch(/^etcd +debian +13, 12 +realtime +yes +yes +yes$/m);
  expect(JSON.parse(json.stdout)).toEqual(ROWS);
});

test("image matrix narrows by deployment, family and kernel", async () => {
  const words = ["--deployment", "etcd", "--family", "debian", "--kernel", "standard"];

  const { stdout } = await runHere(["image", "matrix", ...words]);

  const rows = stdout.trim().split("\n").slice(1);
  expect(rows.map((it) => FIRST_COLUMNS.exec(it)?.slice(1))).toEqual([["etcd", "debian"]]);
});

/** Deployments by what they say of roles and images. */
const IMAGES_ALONE: Catalogue = {
  ...CATALOGUE,
  deployments: CATALOGUE.deployments.map((it) => ({
    ...it,
    options: {},
    files: {},
    check: () => [],
    containerImages: () => [],
  })) as unknown as Catalogue["deployments"],
};

/** What the rules of cluster files say to a cluster of a row, as far as images are concerned. */
function imageFaults({ deployment, family, kernel }: SupportRow, endpoint: string): string[] {
  const roles = CATALOGUE.deployments.find(({ kind }) => kind === deployment)?.roles;
  const text = `apiVersion: armstead/v1
kind: Cluster
metadata: { name: edge }
substrate: { metal: { project: demo, metro: da, endpoint: "${endpoint}", capacity: [c3.large.arm64] } }
access: { sshKeys: [./key.pub] }
image: { family: ${family} }
kernel: ${kernel}
pools: [{ name: nodes, role: ${roles?.[0] ?? "worker"}, count: 1 }]
${deployment === null ? "" : `deployment: { kind: ${deployment} }`}
`;
  try {
    const folder = clusterFolder(text);
    loadCluster("cluster.yaml", { catalogue: IMAGES_ALONE, environment: {}, folder });
    return [];
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return error.faults.map(formatFault).filter((it) => /AS12(19|20|33|34)/.test(it));
  }
}

test.each(ROWS)("$deployment on $family $kernel is what the rules allow", (row) => {
  const { machines } = row;
  const onMetal = imageFaults(row, "https://api.example");
  const inLab = imageFaults(row, "lab");

  expect(onMetal).toEqual(machines.metal === "script" ? [expect.stringContaining("AS1233")] : []);
  expect(inLab).toEqual(
    machines["lab/process"] === "installed" || machines["lab/qemu"] === "installed"
      ? []
      : [expect.stringContaining("AS1233")],
  );
});

test("what the matrix leaves out is what the rules refuse", () => {
  const left = CATALOGUE.deployments.flatMap(({ kind }) =>
    IMAGE_FAMILIES.flatMap(({ name: family }) =>
      ROWS.some((it) => it.deployment === kind && it.family === family) ? [] : [{ kind, family }],
    ),
  );
  const [row] = ROWS;
  if (!row) throw new Error("the matrix is empty");

  const allowed = left.filter(
    ({ kind, family }) => imageFaults({ ...row, deployment: kind, family }, "lab").length === 0,
  );

  expect(allowed).toEqual([]);
});

test.each(IMAGE_FAMILIES)(
  "image show $name tells releases, components and lacks",
  async (family) => {
    const { code, stdout } = await runHere(["image", "show", family.name]);

    expect(code).toBe(0);
    expect(stdout).toContain(`${family.title}: ${family.summary}`);
    for (const { name } of family.components) expect(stdout).toContain(name);
    for (const { what, why } of family.lacks) expect(stdout).toContain(`- ${what}: ${why}`);
  },
);
