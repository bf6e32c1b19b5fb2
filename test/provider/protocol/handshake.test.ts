import { X509Certificate } from "node:crypto";
import { makeCertificate } from "../../../provider/protocol/certificate";
import {
  handshakeLine,
  reattachSetting,
  whyNotTerraform,
} from "../../../provider/protocol/handshake";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

test("whyNotTerraform() accepts a start by Terraform in any order of versions", () => {
  const environment = { TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "6,5" };

  expect(whyNotTerraform(environment)).toBeUndefined();
});

test("whyNotTerraform() tells a person who starts the program by hand what it is", () => {
  expect(whyNotTerraform({})).toContain("--debug");
  const old = { TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: "5" };
  expect(whyNotTerraform(old)).toContain("protocol 6");
});

test("handshakeLine() has a certificate without padding, or an empty field", () => {
  const at = { network: "unix", path: "/tmp/a/plugin.sock" } as const;

  expect(handshakeLine(at, Buffer.from("a"))).toBe("1|6|unix|/tmp/a/plugin.sock|grpc|YQ");
  expect(handshakeLine({ network: "tcp", host: "127.0.0.1", port: 7 }, undefined)).toBe(
    "1|6|tcp|127.0.0.1:7|grpc|",
  );
});

test("reattachSetting() can be given to a shell", () => {
  const setting = reattachSetting("a.b/c/d", { network: "unix", path: "/s" }, 5);

  const [, json = ""] = /^TF_REATTACH_PROVIDERS='(.*)'$/.exec(setting) ?? [];
  expect(JSON.parse(json)).toEqual({
    "a.b/c/d": {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: 5,
      Test: true,
      Addr: { Network: "unix", String: "/s" },
    },
  });
});

test("makeCertificate() is valid now, for localhost, and signs itself with its own key", () => {
  const { pem, keyPem, der } = makeCertificate(NOW);

  const certificate = new X509Certificate(pem);
  expect(certificate.raw.equals(der)).toBe(true);
  expect(certificate.subjectAltName).toBe("DNS:localhost");
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.ca).toBe(true);
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  expect(new Date(certificate.validFrom).getTime()).toBe(NOW - 60_000);
  expect(keyPem).toContain("BEGIN PRIVATE KEY");
});

test("makeCertificate() differs from run to run", () => {
  const serials = [1, 2].map(() => new X509Certificate(makeCertificate(NOW).pem).serialNumber);

  expect(new Set(serials).size).toBe(2);
});
