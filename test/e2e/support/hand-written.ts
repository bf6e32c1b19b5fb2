/**
 * A folder with a configuration written by hand, for what the constructs would not write, and with the
 * provider as its sources are now.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundleProvider } from "../../../scripts/bundle-provider";
import { hashFolder } from "../../../scripts/hash-folder";
import { version } from "../../../package.json";
import { Terraform } from "./terraform";
import { ROOT, type World } from "./world";

const SOURCE = "terraform.local/armstead/armstead";
const HEAD = `terraform {
  required_providers { armstead = { source = "${SOURCE}" } }
}
provider "armstead" { endpoint = "lab" }
`;

/** See the header. */
export class HandWritten extends Terraform {
  /** A new folder of the world, initialized. */
  static async open(world: World, name: string): Promise<HandWritten> {
    const folder = path.join(world.folder, name);
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const plugin = path.join(folder, "terraform.d/plugins", SOURCE, version, platform);
    mkdirSync(plugin, { recursive: true });
    await bundleProvider({ entry: path.join(ROOT, "provider/main.ts"), folder: plugin, version });
    const hashes = `["${hashFolder(plugin)}"]`;
    const lock = `provider "${SOURCE}" {\n  version = "${version}"\n  hashes  = ${hashes}\n}\n`;
    writeFileSync(path.join(folder, ".terraform.lock.hcl"), lock);
    const opened = new HandWritten(folder, world.env);
    opened.write("");
    await opened.init();
    return opened;
  }

  /** Writes the configuration anew. */
  write(body: string): void {
    writeFileSync(path.join(this.folder, "main.tf"), HEAD + body);
  }

  /** Ids in the state by address, as `type.name` or `type.name[index]`. */
  ids(): Readonly<Record<string, string>> {
    const instances = this.#state().resources.flatMap(({ mode, type, name, instances: all }) =>
      all.map(({ index_key: index, attributes: { id } }) => {
        const key = index === undefined ? "" : `[${JSON.stringify(index)}]`;
        return [`${mode === "data" ? "data." : ""}${type}.${name}${key}`, id] as const;
      }),
    );
    return Object.fromEntries(instances);
  }

  /**
   * Makes the state forget a resource, as when Terraform was killed before it could write it.
   * The file is edited, since `terraform state rm` would be a run of its own.
   */
  forget(type: string, index?: number): void {
    const state = this.#state();
    for (const it of state.resources) {
      if (it.type !== type) continue;
      it.instances = it.instances.filter(
        ({ index_key: key }) => index !== undefined && key !== index,
      );
    }
    this.#write({ ...state, resources: state.resources.filter((it) => it.instances.length > 0) });
  }

  #state(): State {
    return JSON.parse(readFileSync(path.join(this.folder, "terraform.tfstate"), "utf8")) as State;
  }

  #write(state: State): void {
    writeFileSync(path.join(this.folder, "terraform.tfstate"), JSON.stringify(state));
  }
}

interface State {
  readonly resources: {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    instances: {
      readonly index_key?: string | number;
      readonly attributes: { readonly id: string };
    }[];
  }[];
}
