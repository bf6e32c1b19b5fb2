import { createHash } from "node:crypto";
import { viewHost } from "../../../../playbooks/runner/engine/task-host";
import { getUrlModule } from "../../../../playbooks/runner/modules/get-url";
import { startBench, type ModuleBench } from "../../../support/module-run";
import { taskContext } from "../../../support/task-context";

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

  test("passes addresses on as they are", async () => {
    await bench.run("get_url", { url, dest: "/t/app" });
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

// Answers with what it was asked, and notes the words of all processes meanwhile.
const SERVER = `
mkdir -p /t /srv/cgi-bin
cat > /srv/cgi-bin/app <<'END'
#!/bin/sh
cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' > /t/seen
printf 'Content-Type: text/plain\\r\\n\\r\\n%s|%s' "$HTTP_X_TOKEN" "$HTTP_X_MORE"
END
chmod +x /srv/cgi-bin/app
busybox httpd -p 127.0.0.1:8001 -h /srv
`;

describe.each(["curl", "wget"])("get_url with headers and %s", (program) => {
  let bench: ModuleBench;
  const args = {
    url: "http://127.0.0.1:8001/cgi-bin/app",
    dest: "/t/app",
    headers: { "X-Token": `a 'b' "c" \\n $(touch /t/bad) # s3cret`, "X-More": "2" },
  };

  beforeAll(async () => {
    bench = await startBench("debian");
    await bench.shell(SERVER);
    // A folder of programs without curl: the host itself has both.
    await bench.shell(
      "mkdir /t/bin; for it in /bin/* /usr/bin/*; do ln -sf $it /t/bin/; done; rm /t/bin/curl",
    );
  });

  afterAll(() => bench.stop());

  test("sends them as they are, and shows them to nobody", async () => {
    const environment = program === "wget" ? { PATH: "/t/bin" } : {};
    const context = taskContext(viewHost(bench.host, { environment, check: false }));
    const before = await bench.shell("ls -A /tmp");

    const { failed, message } = await getUrlModule.run(context, getUrlModule.args.parse(args));

    expect([failed, message]).toEqual([undefined, "OK"]);
    expect(await bench.shell("cat /t/app")).toBe(`${args.headers["X-Token"]}|2`);
    const seen = await bench.shell("cat /t/seen");
    expect(seen).toContain(args.url);
    expect(seen).not.toContain("s3cret");
    expect(await bench.shell("ls -A /tmp; ls /t | grep bad || true")).toBe(before);
  });
});

test("get_url gives no headers to a wget that would show them", async () => {
  const bench = await startBench("busybox");
  try {
    const headers = { "X-Token": "s3cret" };
    const result = await bench.run("get_url", {
      url: "http://127.0.0.1/x",
      dest: "/tmp/x",
      headers,
    });

    expect(result.message).toContain("shows headers to every user");
  } finally {
    await bench.stop();
  }
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
