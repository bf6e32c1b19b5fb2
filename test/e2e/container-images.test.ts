/**
 * Container images of a cluster, asked for at real registries: by `armstead mirror verify`, and by terraform
 * when it makes a plan.
 */
import { stringify } from "yaml";
import { clusterFolder } from "../support/cluster-folder";
import { runHere } from "../support/command-line";
import { LOGIN } from "./support/container-registry";
import { MirrorWorld, SERVERS, testWith } from "./support/mirror-world";
import { World } from "./support/world";

const imageTest = testWith(SERVERS);
const mirrors = new MirrorWorld();
let world: World;

beforeAll(async () => {
  await mirrors.start();
  await mirrors.plain.push("team/amd64-alone:1", ["amd64"]);
  world = await World.open();
}, 300_000);

afterAll(async () => {
  await world.close();
  await mirrors.close();
});

/** A cluster whose images come from the plain mirror. */
function clusterWith(images: readonly string[], verify = false) {
  return world.cluster({
    pools: [{ name: "nodes", role: "worker", count: 1 }],
    registries: { images, verify, mirrors: [plainMirror()] },
  });
}

/** The same, and one that wants a login. */
function clusterWithLogin(images: readonly string[]) {
  const credentials = { username: "u", password: "p" };
  const ca = mirrors.authority.certificate;
  const endpoints = [{ url: mirrors.closed.url, ca, mode: "only", credentials }];
  return {
    ...clusterWith(images),
    bootstrap: { secretVars: ["u", "p"] },
    registries: { images, mirrors: [plainMirror(), { registry: "closed.example", endpoints }] },
  };
}

function plainMirror() {
  return { registry: "docker.io", endpoints: [{ url: mirrors.plain.url, mode: "only" }] };
}

imageTest("mirror verify tells of each image where it is and what it runs on", async () => {
  const images = ["busybox:1", "team/amd64-alone:1", "closed.example/team/app:1", "gone:1"];

  const { code, stdout } = await runHere(["mirror", "verify", "cluster.yaml"], {
    folder: clusterFolder(stringify(clusterWithLogin(images))),
    environment: { TF_VAR_u: LOGIN.username, TF_VAR_p: LOGIN.password },
  });

  const rows = stdout.split("\n").map((it) => it.split(/ {2,}/).slice(0, 2).join(" "));
  expect(code).toBe(1);
  expect(rows).toEqual([
    "container image linux/arm64",
    "closed.example/team/app:1 yes",
    "docker.io/library/busybox:1 yes",
    "docker.io/library/gone:1 no",
    "docker.io/team/amd64-alone:1 no",
    "",
  ]);
  expect(stdout).toContain("linux/amd64");
  expect(stdout).toContain("not there");
  expect(stdout).not.toContain(LOGIN.password);
});

imageTest(
  "mirror verify is content with images that are for ARM64, and says so in JSON",
  async () => {
    const { code, stdout } = await runHere(["mirror", "verify", "cluster.yaml", "--json"], {
      folder: clusterFolder(stringify(clusterWith(["busybox:1"]))),
    });

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { arm64: true, from: `${mirrors.plain.url}/library/busybox:1` },
    ]);
  },
);

imageTest("a plan asks the mirror, and is refused when an image is not for ARM64", async () => {
  const good = await world.synth(clusterWith(["busybox:1"], true));
  mirrors.plain.forget();
  const { changes } = await good.plan();
  const asked = await mirrors.plain.asked();
  const bad = await world.synth(clusterWith(["busybox:1", "team/amd64-alone:1"], true));
  const refused = await bad.run("plan", "-input=false", "-no-color");
  const unasked = await world.synth(clusterWith(["team/amd64-alone:1"]));

  expect(changes.length).toBeGreaterThan(0);
  expect(asked).toEqual(["GET /v2/library/busybox/manifests/1"]);
  expect(refused.code).toBe(1);
  expect(refused.output.replace(/[│╷╵\s]+/g, " ")).toContain(
    'AS1881 image: a container image that does not run on ARM64 "docker.io/team/amd64-alone:1"; it has: linux/amd64',
  );
  expect((await unasked.plan()).changes.length).toBeGreaterThan(0);
});
