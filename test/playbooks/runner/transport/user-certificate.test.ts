/** User certificates on a real OpenSSH server that knows nothing but its CA. */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Client } from "ssh2";
import { Secret } from "../../../../core/secret";
import { CertifiedKey } from "../../../../playbooks/certified-key";
import { parseCertificateLine } from "../../../../playbooks/runner/transport/certificate";
import { readLoginKey } from "../../../../playbooks/runner/transport/login-key";
import { openHost, type OpenOptions } from "../../../../playbooks/runner/transport/open-host";
import { certifiedKey } from "../../../../playbooks/runner/transport/user-certificate";
import { startSshd, type Sshd } from "../../../support/sshd";

const { signal } = new AbortController();
let sshd: Sshd;
let made = 0;

const keygen = (...words: string[]): void => {
  execFileSync("ssh-keygen", ["-q", ...words], { cwd: sshd.folder, stdio: "pipe" });
};

beforeAll(async () => {
  sshd = await startSshd({ config: ["TrustedUserCAKeys /proc/self/cwd/ca.pub"] });
  keygen("-t", "ed25519", "-N", "", "-f", "ca");
  // The server was started in another folder: only now it is known where the CA's key is.
  const file = path.join(sshd.folder, "sshd_config");
  const text = readFileSync(file, "utf8").replace("/proc/self/cwd", sshd.folder);
  writeFileSync(file, text);
  rmSync(path.join(sshd.folder, "auth", "authorized_keys"));
  await sshd.kill();
  await sshd.restart();
});

afterAll(() => sshd.stop());

/** A key with a certificate of the CA, in files. */
function certified(
  type: readonly string[],
  { principals = sshd.user, validity = "-1h:+1h", more = [] as string[], ca = "ca" } = {},
): { readonly file: string; readonly key: CertifiedKey } {
  made += 1;
  const name = `key-${made}`;
  keygen(...type, "-N", "", "-f", name);
  const forWhom = principals === "" ? [] : ["-n", principals];
  keygen("-s", ca, "-I", `of ${name}`, ...forWhom, "-V", validity, ...more, `${name}.pub`);
  const file = path.join(sshd.folder, name);
  const certificate = readFileSync(`${file}-cert.pub`, "utf8");
  return { file, key: new CertifiedKey(readFileSync(file, "utf8"), certificate) };
}

function open(more: Partial<OpenOptions> & { readonly user?: string }) {
  const { user = sshd.user, ...rest } = more;
  const options = { connectTimeout: 5_000, signal, ...rest };
  return openHost({ ...sshd, user, name: "node-1" }, options);
}

const TYPES: readonly (readonly [string, readonly string[]])[] = [
  ["ed25519", ["-t", "ed25519"]],
  ["rsa", ["-t", "rsa", "-b", "1024"]],
  ["ecdsa", ["-t", "ecdsa"]],
  ["ecdsa 521", ["-t", "ecdsa", "-b", "521"]],
];

test.each(TYPES)("a key of type %s logs in by its certificate", async (_, type) => {
  const { key } = certified(type);

  const host = await open({ key });

  expect((await host.query({ argv: ["echo", "in"] }, { signal })).stdout).toBe("in\n");
  host.close();
  // Without the certificate nobody knows it.
  await expect(open({ key: new Secret(key.reveal()) })).rejects.toMatchObject({ code: "AS2205" });
});

test("numbers of a signature have any length", async () => {
  const { key } = certified(["-t", "ecdsa"], { validity: "always:forever", principals: sshd.user });

  for (let n = 0; n < 10; n += 1) (await open({ key })).close();
});

test.each<[string, Parameters<typeof certified>[1], RegExp]>([
  [
    "is expired",
    { validity: "20200101:20200102" },
    /certificate "of key-\d+" expired at 2020-01-0\dT\S+Z/,
  ],
  ["is not valid yet", { validity: "+1h:+2h" }, /certificate "of key-\d+" is not valid before /],
  ["is for others", { principals: "alice,bob" }, /certificate "of key-\d+" is for alice, bob$/],
  ["is one of hosts", { more: ["-h"] }, /is one of hosts, not of users$/],
])("a certificate that %s is refused, and it is said why", async (_, how, expected) => {
  const { key } = certified(["-t", "ed25519"], how);

  const failed = open({ key });

  await expect(failed).rejects.toMatchObject({ code: "AS2205" });
  await expect(failed).rejects.toThrow(expected);
});

test("a certificate of a CA that is not trusted is told with what it says", async () => {
  keygen("-t", "ed25519", "-N", "", "-f", "other-ca");
  const { key } = certified(["-t", "ed25519"], { ca: "other-ca" });

  await expect(open({ key })).rejects.toThrow(/valid until \S+Z: the server may not trust its CA$/);
});

test("what is no certificate, or that of another key, hinders no plain key", async () => {
  const known = readFileSync(sshd.keyFile, "utf8");
  writeFileSync(
    path.join(sshd.folder, "auth", "authorized_keys"),
    readFileSync(`${sshd.keyFile}.pub`, "utf8"),
  );
  const { key: other } = certified(["-t", "ed25519"]);

  (await open({ key: new CertifiedKey(known, "nonsense") })).close();
  (await open({ key: new CertifiedKey(known, other.certificate) })).close();

  const foreign = open({ key: new CertifiedKey(known, other.certificate), user: "nobody" });
  await expect(foreign).rejects.toThrow(/certificate "of key-\d+" is of another key$/);
});

test("it is said when another version of the SSH library writes packets in another way", () => {
  const { key } = certified(["-t", "ed25519"]);
  const certificate = parseCertificateLine(key.certificate);
  const plain = readLoginKey(key);
  if (!certificate) throw new Error("no certificate");

  const standIn = certifiedKey(plain, certificate, { _protocol: {} } as unknown as Client);

  expect(() => standIn.sign(Buffer.alloc(40))).toThrow(/this version of ssh2/);
});

test.each(TYPES)("an agent's certificate for a key of type %s logs in", async (_, type) => {
  const { file } = certified(type);
  const socket = path.join(sshd.folder, `agent-${made}`);
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((resolve) => agent.stdout.once("data", resolve));
  try {
    const environment = { ...process.env, SSH_AUTH_SOCK: socket };
    execFileSync("ssh-add", ["-q", file], { env: environment, stdio: "ignore" });

    (await open({ agent: socket })).close();
  } finally {
    agent.kill();
  }
});
