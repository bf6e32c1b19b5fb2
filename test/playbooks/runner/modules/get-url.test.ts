import { createHash } from "node:crypto";
import { startBench, type ModuleBench } from "../../../support/module-run";

// Whole hosts are started, on a machine that other tests share.
jest.setTimeout(60_000);

const ONCE = [true, true, false];
const NEVER = [false, false, false];
const CONTENT = Buffer.from(Array.from({ length: 70_000 }, (_, n) => n % 251));
const SUM = createHash("sha256").update(CONTENT).digest("hex");
const BASE = "http://127.0.0.1:8000";

// The one host downloads with busybox's wget, the other with curl.
describe.each(["busybox", "debian"] as const)("get_url on a host with %s", (flavour) => {
  let bench: ModuleBench;

  beforeAll(async () => {
    bench = await startBench(flavour);
    await bench.shell("mkdir -p /srv/tools; busybox httpd -p 127.0.0.1:8000 -h /srv");
    await bench.host.writeFile("/srv/tools/app.tar.gz", CONTENT, {}, {});
    const sums = `${"0".repeat(64)}  other\n${SUM} *app.tar.gz\n`;
    await bench.host.writeFile("/srv/tools/SHA256SUMS", Buffer.from(sums), {}, {});
  });

  beforeEach(() => bench.shell("rm -rf /t; mkdir /t"));

  afterAll(() => bench.stop());

  const url = `${BASE}/tools/app.tar.gz`;
  const files = () => bench.shell("find /t -type f");

  test("downloads once when the checksum is given", async () => {
    const args = {
      url,
      dest: "/t/app",
      checksum: `sha256:${SUM.toUpperCase()}`,
      mode: "0750",
      owner: "daemon",
    };

    expect(await bench.thrice("get_url", args)).toEqual(ONCE);
    expect(await bench.host.readFile("/t/app", {})).toEqual(CONTENT);
    expect(await bench.shell("stat -c '%a %U' /t/app")).toBe("750 daemon\n");
  });

  test("takes the checksum from a file of sums", async () => {
    const args = { url, dest: "/t", checksum: `sha256:${BASE}/tools/SHA256SUMS` };

    expect(await bench.thrice("get_url", args)).toEqual(ONCE);
    expect(await files()).toBe("/t/app.tar.gz\n");
  });

  test("downloads again what was changed on the host", async () => {
    const args = { url, dest: "/t/app", checksum: `sha256:${SUM}` };
    await bench.run("get_url", args);
    await bench.shell("echo more >> /t/app");

    expect(await bench.thrice("get_url", args)).toEqual(ONCE);
    expect(await bench.host.readFile("/t/app", {})).toEqual(CONTENT);
  });

  test("keeps a file that is there when there is no checksum", async () => {
    await bench.shell("echo mine > /t/app");

    expect(await bench.thrice("get_url", { url, dest: "/t/app" })).toEqual(NEVER);
    expect(await bench.shell("cat /t/app")).toBe("mine\n");
  });

  test("with force it changes only what differs", async () => {
    await bench.shell("echo mine > /t/app");

    expect(await bench.thrice("get_url", { url, dest: "/t/app", force: true })).toEqual(ONCE);
    expect(
      await bench.run("get_url", { url, dest: "/t/app", force: true }, { check: true }),
    ).toMatchObject({ changed: false });
  });

  test("leaves the old file and nothing else when the checksum is wrong", async () => {
    await bench.shell("echo mine > /t/app");

    const result = await bench.run("get_url", {
      url,
      dest: "/t/app",
      checksum: `sha256:${"1".repeat(64)}`,
    });

    expect(result).toMatchObject({ changed: false, failed: true });
    expect(result.message).toContain(`the checksum of the download is ${SUM}`);
    expect(await bench.shell("cat /t/app; ls -A /t")).toBe("mine\napp\n");
  });

  test("fails for what the server does not have", async () => {
    const result = await bench.run("get_url", { url: `${BASE}/nope`, dest: "/t/app" });

    expect(result).toMatchObject({ changed: false, failed: true });
    expect(result.message).toContain("404");
    expect(await files()).toBe("");
  });

  test("passes headers and addresses on as they are", async () => {
    const headers = { "X-Token": "a 'b' $(touch /t/bad)" };

    await bench.run("get_url", { url, dest: "/t/app", headers });
    const odd = await bench.run("get_url", { url: `${BASE}/$(touch /t/bad);'"`, dest: "/t/odd" });

    expect(odd.failed).toBe(true);
    expect(await files()).toBe("/t/app\n");
  });

  test("refuses a checksum that is none and a name that has no sum", async () => {
    const wrong = await bench.run("get_url", { url, dest: "/t/x", checksum: "abc" });
    const missing = await bench.run("get_url", {
      url: `${BASE}/tools/SHA256SUMS`,
      dest: "/t/x",
      checksum: `sha256:${BASE}/tools/SHA256SUMS`,
    });

    expect(wrong.message).toContain("checksum must be ALGORITHM:HEX");
    expect(missing.message).toContain("unable to find a checksum for file 'SHA256SUMS'");
  });
});

test("get_url does not trust a wget that cannot check certificates", async () => {
  const bench = await startBench("busybox");
  try {
    const result = await bench.run("get_url", { url: "https://127.0.0.1/x", dest: "/tmp/x" });

    expect(result.message).toContain("cannot check certificates");
  } finally {
    await bench.stop();
  }
});
