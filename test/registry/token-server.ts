/** Gives tokens for pulling to whoever logs in, as token authorities of registries do: signed, and short-lived. */
import { randomUUID, sign, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { LOGIN, type TestAuthority, type TokenAuthority } from "../e2e/support/container-registry";

const SERVICE = "registry.test";
const ISSUER = "token.test";

/** See the header. */
export class TokenServer {
  /** What was asked for: `library/busybox:pull`. */
  readonly scopes: string[] = [];
  readonly #server: Server;

  private constructor(private readonly authority: TestAuthority) {
    this.#server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? "/", "http://localhost");
      const scope = searchParams.get("scope")?.replace("repository:", "") ?? "";
      this.scopes.push(scope);
      const login = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString("base64");
      if (request.headers.authorization !== `Basic ${login}`) {
        response.writeHead(401).end();
        return;
      }
      response.end(JSON.stringify({ token: this.#token(scope) }));
    });
  }

  static async start(authority: TestAuthority): Promise<TokenServer> {
    const it = new TokenServer(authority);
    await new Promise<void>((resolve) => it.#server.listen(0, "127.0.0.1", resolve));
    return it;
  }

  /** For a registry that trusts it. */
  get settings(): TokenAuthority {
    const { port } = this.#server.address() as AddressInfo;
    const realm = `http://127.0.0.1:${port}/token`;
    return { realm, service: SERVICE, issuer: ISSUER, rootcertbundle: this.authority.certificate };
  }

  close(): void {
    this.#server.close();
  }

  #token(scope: string): string {
    const [name = "", actions = ""] = scope.split(":");
    const now = Math.floor(Date.now() / 1000);
    const certificate = new X509Certificate(readFileSync(this.authority.certificate));
    const header = { typ: "JWT", alg: "ES256", x5c: [certificate.raw.toString("base64")] };
    const claims = {
      iss: ISSUER,
      sub: LOGIN.username,
      aud: SERVICE,
      exp: now + 60,
      nbf: now - 60,
      iat: now,
      jti: randomUUID(),
      access: [{ type: "repository", name, actions: actions.split(",") }],
    };
    const text = [header, claims]
      .map((it) => Buffer.from(JSON.stringify(it)).toString("base64url"))
      .join(".");
    const key = readFileSync(this.authority.key, "utf8");
    const signature = sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
    return `${text}.${signature.toString("base64url")}`;
  }
}
