/** The script of `armstead mirror sync`, run by a shell, with the real skopeo and registries. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { planSync } from "../../constructs/mirrors/sync-plan";
import { syncScript } from "../../constructs/mirrors/sync-script";
import { LOGIN } from "./support/container-registry";
import { endpoint, MirrorWorld, type Registries, SERVERS, testWith } from "./support/mirror-world";
import { run } from "./support/run";

const skopeoTest = testWith(SERVERS);
const world = new MirrorWorld();
const { work, ca } = world;

beforeAll(() => world.start());

afterAll(() => world.close());

skopeoTest(
  "the script fills a mirror with TLS and a login, all platforms of every image",
  async () => {
    const credentials = { username: "u", password: "p" };
    const registries: Registries = {
      mirrors: [
        {
          registry: world.origin.host,
          endpoints: [endpoint(`${world.closed.url}/copy`, { ca: ca(), credentials })],
        },
      ],
      images: [`${world.origin.host}/team/origin-only:1`],
      rewrites: {
        base: "none",
        images: [
          {
            from: `${world.origin.host}/team/old:*`,
            to: `${world.origin.host}/team/origin-only:*`,
          },
        ],
      },
    };
    const images = [...(registries.images ?? []), `${world.origin.host}/team/old:1`];
    const file = path.join(work, "sync.sh");
    writeFileSync(file, syncScript(planSync({ ...registries, images })));

    const ran = await run("sh", [file], {
      cwd: work,
      env: {
        SSL_CERT_FILE: world.authority.certificate,
        TF_VAR_u: LOGIN.username,
        TF_VAR_p: LOGIN.password,
      },
    });
    const asked = await world.closed.asked();

    expect(ran.code === 0 ? "" : ran.output).toBe("");
    expect(asked).toContain("PUT /v2/copy/team/origin-only/manifests/1");
    expect(asked).toContain("PUT /v2/copy/team/old/manifests/1");
    expect(asked.filter((it) => /^PUT .*origin-only\/manifests\/sha256/.test(it))).toHaveLength(2);
  },
);
