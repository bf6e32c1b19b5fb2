import { viewHost } from "../../../../playbooks/runner/engine/task-host";
import type { TaskResult } from "../../../../playbooks/runner/module";
import { uriModule } from "../../../../playbooks/runner/modules/uri";
import { ECHO_URL, startEcho } from "../../../support/echo-server";
import { startBench, type ModuleBench } from "../../../support/module-run";
import { taskContext, type ContextParts } from "../../../support/task-context";

// Whole hosts are started, on a machine that other tests share.
jest.setTimeout(60_000);

const SECRET = `s3cret:"`;

// A minimal node has busybox' netcat only.
describe.each([
  ["netcat", "busybox"],
  ["curl", "debian"],
  ["wget", "debian"],
] as const)("uri by %s", (program, flavour) => {
  let bench: ModuleBench;

  beforeAll(async () => {
    bench = await startBench(flavour);
    await startEcho(bench);
    // A folder of programs without curl: the host itself has both.
    if (program === "wget") {
      await bench.shell(
        "mkdir /t/bin; for it in /usr/bin/*; do ln -sf $it /t/bin/; done; rm /t/bin/curl",
      );
    }
  });

  beforeEach(() => bench.shell("rm -rf /t/body /t/seen /t/out; mkdir /t/out"));

  afterAll(() => bench.stop());

  function ask(
    args: Record<string, unknown> & { readonly path?: string },
    parts: ContextParts = {},
  ): Promise<TaskResult> {
    const environment = program === "wget" ? { PATH: "/t/bin" } : {};
    const host = viewHost(bench.host, { environment, check: false });
    const { path = "/echo", ...rest } = args;
    const url = ECHO_URL + path;
    return uriModule.run(taskContext(host, parts), uriModule.args.parse({ url, ...rest }));
  }

  test("tells status, headers and address, and the content when asked", async () => {
    const result = await ask({ path: "/echo?a=b%20c&d", return_content: true });

    expect(result).toMatchObject({
      changed: false,
      message: "OK (unknown bytes)",
      values: {
        ...{ status: 200, url: `${ECHO_URL}/echo?a=b%20c&d`, redirected: false, cookies: {} },
        ...{ content_type: "text/plain", x_own_header: "one, two", cookies_string: "" },
      },
    });
    expect(result.values?.content).toMatch(/^GET \/echo\?a=b%20c&d\n/);
    expect(result.values?.content).toContain("User-Agent: ansible-httpget\n");
    expect((await ask({})).values).not.toHaveProperty("content");
  });

  test("sends headers and body, and shows them to nobody", async () => {
    const odd = `a 'b' "c" \\n $(touch /t/bad) # ${SECRET}`;
    const body = `${SECRET}\n\0\\x é %s`;

    const { values = {} } = await ask({
      ...{ method: "post", body, headers: { "X-Token": odd }, return_content: true },
      ...{ url_username: "me", url_password: SECRET, force_basic_auth: true },
    });

    expect(values.content).toContain(`X-Token: ${odd}\n`);
    expect(values.content).toContain("Authorization: Basic bWU6czNjcmV0OiI=\n");
    expect(await bench.host.readFile("/t/body", {})).toEqual(Buffer.from(body));
    const seen = await bench.shell("cat /t/seen");
    expect(seen).toContain("answer");
    expect(seen).not.toMatch(/s3cret|bWU6czNjcmV0/);
    expect(await bench.shell("ls /tmp; ls /t | grep bad || true")).toBe("");
  });

  test.each([
    ["json", { a: [1, true, null], b: "é" }, '{"a": [1, true, null], "b": "\\u00e9"}'],
    ["json", '{"as": "it is"}', '{"as": "it is"}'],
    ["form-urlencoded", { "a b": "c&d", n: [1, 2], no: null }, "a+b=c%26d&n=1&n=2"],
    ["form-urlencoded", [["x", "é/"]], "x=%C3%A9%2F"],
  ])("writes bodies as %s", async (format, body, sent) => {
    const { values } = await ask({
      ...{ method: "PUT", body, body_format: format, return_content: true },
    });

    expect(values?.content).toMatch(/^PUT /);
    expect(values?.content).toMatch(new RegExp(`Content-Type: application/(x-www-)?${format}\n`));
    expect(await bench.shell("cat /t/body")).toBe(sent);
  });

  test("reads JSON, whatever is asked", async () => {
    expect((await ask({ path: "/json" })).values).toMatchObject({ json: { a: [1, "é"] } });
  });

  test("takes other statuses for failures, with the answer all the same", async () => {
    expect(await ask({ path: "/status/404", return_content: true })).toMatchObject({
      ...{ changed: false, failed: true },
      message: "Status code was 404 and not [200]: HTTP Error 404: Told So",
      values: { status: 404, content: "because" },
    });
    expect(await ask({ path: "/status/201" })).toMatchObject({ failed: true });
    const fine = await ask({ path: "/status/404", status_code: "200,404" });
    expect(fine.failed).toBeUndefined();
  });

  test("says why there is no answer", async () => {
    const result = await ask({ url: "http://127.0.0.1:8019/" });

    expect(result).toMatchObject({ failed: true, values: { status: -1, redirected: false } });
    expect(result.message).toMatch(/^Status code was -1 and not \[200\]: Request failed: \S/);
    expect(await ask({ path: "/slow", timeout: 1 })).toMatchObject({ values: { status: -1 } });
  });

  test("says why nobody took what was sent", async () => {
    // More than a pipe holds: whoever writes it meets a reader that is gone.
    const body = "x".repeat(300_000);

    const result = await ask({ url: "http://127.0.0.1:8019/", method: "POST", body });

    expect(result).toMatchObject({ failed: true, values: { status: -1 } });
  });

  test("goes where it is sent, when that is safe or told", async () => {
    const got = await ask({ path: "/to/to/echo", return_content: true });
    expect(got).toMatchObject({ values: { redirected: true, url: `${ECHO_URL}/echo` } });
    const post = { path: "/to/echo", method: "POST", body: "x", return_content: true };
    expect(await ask(post)).toMatchObject({
      failed: true,
      values: { status: 302, location: `${ECHO_URL}/echo` },
    });
    const all = await ask({ ...post, follow_redirects: "all" });
    expect(all.values?.content).toMatch(/^GET \/echo\n/);
    expect(await ask({ path: "/to/echo", follow_redirects: "none" })).toMatchObject({
      values: { status: 302 },
    });
    expect((await ask({ path: "/circle" })).message).toContain("leads round in a circle");
  });

  test("logs in when the server wants it, or at once", async () => {
    const login = { path: "/login", url_username: "me", url_password: SECRET };

    expect(await ask({ ...login, return_content: true })).toMatchObject({
      values: { content: "welcome" },
    });
    expect(await ask({ ...login, url_password: "other" })).toMatchObject({
      values: { status: 401 },
    });
    expect(await ask({ ...login, force_basic_auth: true })).toMatchObject({
      values: { status: 200 },
    });
  });

  test("keeps cookies, unpacks gzip", async () => {
    expect((await ask({ path: "/cookies" })).values).toMatchObject({
      cookies: { a: "1", b: "2" },
      cookies_string: "a=1; b=2",
    });
    expect((await ask({ path: "/gzip", return_content: true })).values).toMatchObject({
      content: "zipped",
    });
  });

  test("puts the content into a file, as bytes, and asks again only for news", async () => {
    const dest = "/t/out/a b";
    expect(await ask({ path: "/bytes", dest, mode: "0640", owner: "daemon" })).toMatchObject({
      changed: true,
      values: { path: dest },
    });
    expect(await bench.host.readFile(dest, {})).toEqual(Buffer.from([0x61, 0, 0xff, 0x0a]));
    expect(await bench.shell("stat -c '%a %U' '/t/out/a b'")).toBe("640 daemon\n");
    expect(await ask({ path: "/file", dest })).toMatchObject({ changed: false });
    expect(await ask({ path: "/file", dest, force: true })).toMatchObject({ changed: true });
    expect(await bench.shell("cat '/t/out/a b'")).toBe("content");
  });

  test("names a file in a folder as the server does, or by the address", async () => {
    await ask({ path: "/file", dest: "/t/out" });
    await ask({ path: "/bytes", dest: "/t/out" });

    expect(await bench.shell("ls /t/out")).toBe("bytes\ntold.txt\n");
  });

  test("leaves the file alone when the status is none that was wanted", async () => {
    await ask({ path: "/status/404", dest: "/t/out/x" });
    expect(await bench.shell("ls -A /t/out /tmp")).toBe("/t/out:\n\n/tmp:\n");
  });

  test("sends files, those of the host and those that travel", async () => {
    await bench.shell("printf 'on the\\nhost' > /t/out/src");
    const post = { method: "POST", return_content: true };

    await ask({ ...post, src: "/t/out/src", remote_src: true });
    expect(await bench.shell("cat /t/body")).toBe("on the\nhost");
    await ask({ ...post, src: "sent" }, { files: { sent: "travels" } });
    expect(await bench.shell("cat /t/body")).toBe("travels");
    expect((await ask({ ...post, src: "/t/none", remote_src: true })).message).toBe(
      "Unable to open source file /t/none",
    );
  });

  test("does not ask when a file makes it unnecessary, nor in check mode", async () => {
    const done = await ask({ creates: "/t/out" });
    expect(done.values?.stdout).toBe("skipped, since '/t/out' exists");
    const gone = await ask({ removes: "/t/none" });
    expect(gone.values?.stdout).toBe("skipped, since '/t/none' does not exist");
    expect(await ask({}, { check: true })).toMatchObject({ skipped: true, changed: false });
    expect(await bench.shell("ls /t/seen 2>/dev/null || echo none")).toBe("none\n");
  });

  test("refuses headers with line ends, and addresses of other kinds", async () => {
    expect((await ask({ headers: { "X-A": "b\r\nX-C: d" } })).message).toContain("X-A");
    expect((await ask({ url: "file:///etc/passwd" })).message).toContain("no address");
    expect(await bench.shell("ls /t/seen 2>/dev/null || echo none")).toBe("none\n");
  });

  test("checks certificates", async () => {
    const url = "https://localhost:8443/";
    if (program === "netcat") {
      expect((await ask({ url })).message).toBe("the host has neither curl nor GNU wget for https");
      return;
    }
    await bench.shell(`cd /t && printf '[req]\\ndistinguished_name=dn\\n[dn]\\n' > settings
      openssl req -config settings -x509 -newkey rsa:2048 -nodes -keyout key -out cert \\
        -subj /CN=localhost -addext subjectAltName=DNS:localhost -days 2 2>/dev/null
      (openssl s_server -accept 8443 -key key -cert cert -www -quiet) >/dev/null 2>&1 </dev/null &
      until grep -q ':20FB ' /proc/net/tcp /proc/net/tcp6; do sleep 0.1; done`);

    expect((await ask({ url })).values).toMatchObject({ status: -1 });
    expect((await ask({ url, ca_path: "/t/cert" })).values).toMatchObject({ status: 200 });
    expect((await ask({ url, validate_certs: false })).values).toMatchObject({ status: 200 });
  });
});
