import { request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { parseRange } from "../../../lab/nodes/artifacts";
import { destroyTestLabs, startTestLab, type TestLab } from "../support/lab";
import { MemoryDriver } from "../support/memory-driver";

let it: TestLab;
let project: string;

class ArtifactDriver extends MemoryDriver {
  folder = "";

  override async prepareArtifacts(): Promise<string> {
    this.folder ||= await mkdtemp(path.join(tmpdir(), "art-"));
    await writeFile(path.join(this.folder, "etcd.tar.gz"), "0123456789");
    await writeFile(path.join(this.folder, "empty"), "");
    return this.folder;
  }
}

beforeEach(async () => {
  it = await startTestLab({ driver: new ArtifactDriver() });
  project = await it.project();
});
afterEach(destroyTestLabs);

const base = (): string => it.lab.connection.nodeServices;
const get = (url: string, init?: RequestInit): Promise<Response> => fetch(`${base()}${url}`, init);

/** Asks from an address of one's own, as a machine does. */
async function from(localAddress: string, url: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${base()}${url}`, { localAddress }, (answer) => {
      text(answer).then((body) => {
        resolve({ status: answer.statusCode ?? 0, body });
      }, reject);
    });
    asked.on("error", reject).end();
  });
}

test("artifacts come whole, in part, and as their size only", async () => {
  const whole = await get("/artifacts/etcd.tar.gz");
  const part = await get("/artifacts/etcd.tar.gz", { headers: { range: "bytes=2-4" } });
  const rest = await get("/artifacts/etcd.tar.gz", { headers: { range: "bytes=-3" } });
  const beyond = await get("/artifacts/etcd.tar.gz", { headers: { range: "bytes=10-" } });
  const size = await get("/artifacts/etcd.tar.gz", { method: "HEAD" });
  const empty = await get("/artifacts/empty");

  expect([whole.status, await whole.text()]).toEqual([200, "0123456789"]);
  expect([part.status, await part.text()]).toEqual([206, "234"]);
  expect(part.headers.get("content-range")).toBe("bytes 2-4/10");
  expect([rest.status, await rest.text()]).toEqual([206, "789"]);
  expect(beyond.status).toBe(416);
  expect([size.status, size.headers.get("content-length")]).toEqual([200, "10"]);
  expect([empty.status, await empty.text()]).toEqual([200, ""]);
});

test.each([
  "nope",
  "../state.jsonl",
  "..%2Fstate.jsonl",
  "%2e%2e/state.jsonl",
  "",
  ".hidden",
  "a%00b",
])("there is no artifact %j", async (name) => {
  expect((await get(`/artifacts/${name}`)).status).toBe(404);
});

test("parseRange() stays inside the file, whatever is asked", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(100),
      fc.option(fc.nat(200)),
      fc.option(fc.nat(200)),
      (junk, size, a, b) => {
        for (const header of [junk, `bytes=${a ?? ""}-${b ?? ""}`]) {
          const range = parseRange(header, size);
          if (typeof range !== "object") continue;
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeLessThan(size);
          expect(range.start).toBeLessThanOrEqual(range.end);
        }
      },
    ),
  );
});

test("a machine learns about itself by its address, or by the path with its id, and nobody else does", async () => {
  const id = await it.activeDevice(project, { hostname: "n", userdata: "#!/bin/sh\n" });
  const { body } = await it.call("GET", `/devices/${id}/ips`);
  const address = body.ip_addresses[0]?.address ?? "";

  const own = await from(address, "/metadata");
  const byPath = await get(`/machines/${id}/metadata`);
  const stranger = await get("/metadata");

  expect(JSON.parse(own.body)).toMatchObject({ id, hostname: "n" });
  expect(await byPath.json()).toEqual(JSON.parse(own.body));
  expect([stranger.status, await stranger.json()]).toEqual([
    404,
    { message: "resource not found" },
  ]);
  expect((await from(address, "/userdata")).body).toBe("#!/bin/sh\n");
  expect((await from(address, "/2009-04-04/meta-data/hostname")).body).toBe("n");
  expect((await from(address, "/2009-04-04/meta-data/operating-system/slug")).body).toBe(
    "debian_13",
  );
  expect((await from(address, "/2009-04-04/meta-data/")).body.split("\n")).toContain("public-ipv4");
  expect((await from(address, "/2009-04-04/meta-data/none")).status).toBe(404);
});

test("a deleted device is a stranger", async () => {
  const id = await it.activeDevice(project);
  await it.call("DELETE", `/devices/${id}`);

  expect((await get(`/machines/${id}/metadata`)).status).toBe(404);
});

test("a machine may phone home, report a step, or report a failure", async () => {
  await it.call("POST", "/_lab/faults", { kind: "provision-slow", seconds: 60, times: "always" });
  const ids = await Promise.all([1, 2].map(async () => (await it.device(project)).body.id));
  const [ready, failed] = ids;
  const post = (id: string | undefined, body: string): Promise<Response> =>
    get(`/machines/${id ?? ""}/phone-home`, { method: "POST", body });
  const read = async (id: string | undefined): Promise<unknown> =>
    (await it.call("GET", `/devices/${id ?? ""}`)).body.state;
  for (const id of ids) while ((await read(id)) !== "provisioning");

  await post(ready, '{"type":"provisioning.106"}');
  const steps = (await it.call("GET", `/devices/${ready ?? ""}`)).body.provisioning_events;
  await post(ready, "");
  await post(failed, '{"type":"failure","reason":"no disk"}');
  await it.lab.settled(failed ?? "");

  expect(steps.find((step) => step.type === "provisioning.106")?.id).not.toBeNull();
  expect(await read(ready)).toBe("active");
  expect(await read(failed)).toBe("failed");
  expect((await post("00000000-0000-4000-8000-000000000000", "")).status).toBe(200);
});

test("states of the user's own become events", async () => {
  const id = await it.activeDevice(project);
  const post = (body: string): Promise<Response> =>
    get(`/machines/${id}/events`, { method: "POST", body });

  const told = await post('{"state":"succeeded","code":1007,"message":"cluster is up"}');
  const refused = [await post(""), await post("{"), await post('{"state":"succeeded","code":7}')];

  const { body } = await it.call("GET", `/devices/${id}/events`);
  expect(told.status).toBe(200);
  expect(refused.map((answer) => answer.status)).toEqual([400, 400, 400]);
  expect(body.events[0]).toMatchObject({
    type: "user.1007",
    state: "succeeded",
    body: "cluster is up",
  });
});
