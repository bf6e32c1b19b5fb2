/** The real ignition-validate, out of Debian's package ignition. */
import path from "node:path";
import { AptState } from "../../../images/build/apt-state";
import { cacheFolder } from "../../../core/folders";
import { ensureBuilt } from "../../../images/build/built";
import { runCommand } from "../../../images/build/command";

/** Path of the program; 2.14, which knows 3.3 and, by the name 3.4.0-experimental, 3.4. */
export async function ignitionValidator(): Promise<string> {
  const context = { cacheFolder: cacheFolder(process.env), report: () => undefined };
  const architecture = process.arch === "arm64" ? "arm64" : "amd64";
  const apt = new AptState(context, { suite: "bookworm", architecture });
  const wanted = (await apt.resolve(["ignition"], {})).filter((it) => it.name === "ignition");
  const build = async (folder: string): Promise<void> => {
    const [archive = ""] = await apt.download(wanted, {});
    await runCommand(["dpkg-deb", "-x", archive, folder]);
  };
  const inputs = { wanted };
  const folder = await ensureBuilt(context, { name: "ignition", inputs, build }, {});
  return path.join(folder, "usr/bin/ignition-validate");
}
