/** Puts the real sudo of this machine, with the libraries and PAM modules that it needs, on a namespaced host. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import type { Host } from "../../playbooks/runner/host";

const PAM =
  "auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n";

/** @param rules - lines of /etc/sudoers */
export async function installSudo(host: Host, rules: string): Promise<void> {
  const programs = ["/usr/bin/sudo", "/usr/libexec/sudo/sudoers.so"];
  const modules = ["pam_unix", "pam_permit", "pam_deny"].map(findModule);
  const libraries = [...programs, ...modules].flatMap(librariesOf);
  const files = new Set([
    ...programs,
    ...modules,
    ...libraries,
    "/usr/libexec/sudo/libsudo_util.so.0",
  ]);
  const folders = [...files].map((it) => it.slice(0, it.lastIndexOf("/")));
  const made = ["mkdir", "-p", "/etc/pam.d", "/run/sudo", ...new Set(folders)];
  await host.change({ argv: made }, {});
  for (const file of files) {
    const mode = file === "/usr/bin/sudo" ? 0o4755 : 0o755;
    await host.writeFile(file, readFileSync(realpathSync(file)), { mode }, {});
  }
  await host.writeFile("/etc/pam.d/sudo", Buffer.from(PAM), {}, {});
  await host.writeFile("/etc/pam.d/other", Buffer.from(PAM), {}, {});
  await host.writeFile("/etc/sudoers", Buffer.from(rules), { mode: 0o440 }, {});
}

function findModule(name: string): string {
  const places = readdirSync("/lib").map((it) => `/lib/${it}/security/${name}.so`);
  const found = places.find((it) => existsSync(it));
  if (found === undefined) throw new Error(`there is no PAM module ${name}`);
  return found;
}

function librariesOf(file: string): string[] {
  const listed = execFileSync("ldd", [file], { encoding: "utf8" });
  return [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, it]) => it ?? "");
}
