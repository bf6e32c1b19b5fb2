/** One of several people who work on one cluster: a clone, a home and an SSH key of their own, one database for all. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { App, PgBackend } from "cdktf";
import { stringify } from "yaml";
import { ClusterStack, readCluster } from "../../../stacks";
import type { PostgresServer } from "./postgres-server";
import { Terraform } from "./terraform";
import type { World } from "./world";
import { newSshKeyPair } from "../../../core/ssh-key-pair";

/** See the header. */
export class Operator {
  readonly terraform: Terraform;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly #home: string;
  readonly #clone: string;

  /**
   * @param name - of the person
   * @param world - with the lab that all share
   * @param database - where all keep the state
   */
  constructor(
    readonly name: string,
    world: World,
    private readonly database: PostgresServer,
  ) {
    this.#home = path.join(world.folder, name);
    this.#clone = path.join(this.#home, "clone");
    const pair = newSshKeyPair();
    this.privateKey = pair.privateKey;
    this.publicKey = pair.publicKey;
    mkdirSync(path.join(this.#home, ".ssh"), { recursive: true });
    writeFileSync(path.join(this.#home, ".ssh", "id_ed25519"), pair.privateKey, { mode: 0o600 });
    this.terraform = new Terraform(path.join(this.#clone, "cdktf.out", "stacks", "shared"), {
      ...world.env,
      ...database.env,
      HOME: this.#home,
    });
  }

  /** Synthesizes what the clone holds, the state in the database; then `terraform init`. */
  async synth(cluster: object, files: Readonly<Record<string, string>>): Promise<void> {
    mkdirSync(path.join(this.#clone, "keys"), { recursive: true });
    for (const [name, text] of Object.entries({ ...files, "cluster.yaml": stringify(cluster) })) {
      writeFileSync(path.join(this.#clone, name), text);
    }
    const environment = { HOME: this.#home };
    const { config } = readCluster("cluster.yaml", { environment, folder: this.#clone });
    const app = new App({ outdir: path.join(this.#clone, "cdktf.out") });
    const stack = new ClusterStack(app, config.metadata.name, config);
    new PgBackend(stack, { connStr: this.database.url });
    app.synth();
    await this.terraform.init();
  }
}
