/** The real terraform with `armstead_playbook` alone, and a real SSH server, which all hosts are. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Sshd, startSshd } from "../../support/sshd";
import { hasTerraform, TerraformFolder } from "./terraform";

/** A suite that needs terraform. */
export const describeTerraform = hasTerraform ? describe : describe.skip;

/** See the header. */
export class TerraformPlays {
  readonly terraform = new TerraformFolder();
  #server: Sshd | undefined;

  /** The server; there from the start on. */
  get server(): Sshd {
    if (!this.#server) throw new Error("the server is not started");
    return this.#server;
  }

  /** A folder that plays may write to. */
  get made(): string {
    return path.join(this.server.folder, "made");
  }

  /** Starts the server, and lays out the provider. */
  async start(): Promise<void> {
    this.#server = await startSshd();
    mkdirSync(this.made);
    await this.terraform.install(path.join(__dirname, "playbook-only.ts"));
  }

  /** Ends the server, and removes all files. */
  async remove(): Promise<void> {
    await this.#server?.stop();
    this.terraform.remove();
  }

  /** An entry of `hosts`. */
  host(name: string, vars: Readonly<Record<string, string>> = {}): string {
    const { address, port, user, hostKeys } = this.server;
    const values = [
      `address = "${address}", port = ${port}, user = "${user}"`,
      `host_keys = ${JSON.stringify(hostKeys)}, vars = ${JSON.stringify(vars)}`,
    ];
    return `${name} = { ${values.join(", ")} }`;
  }

  /** Writes a file beside the configuration. */
  put(name: string, text: string): void {
    writeFileSync(path.join(this.terraform.folder, name), text);
  }
}

/**
 * Starts both before the tests of a suite, and removes both behind them.
 * @param prepare - writes the first configuration
 */
export function terraformPlays(prepare: (plays: TerraformPlays) => void): TerraformPlays {
  const plays = new TerraformPlays();
  beforeAll(async () => {
    await plays.start();
    prepare(plays);
    await plays.terraform.must(["init", "-lockfile=readonly"]);
  });
  afterAll(() => plays.remove());
  return plays;
}
