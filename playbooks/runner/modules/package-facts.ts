/** `ansible.builtin.package_facts`: what the host has installed. */
import { z } from "zod";
import { textList } from "./args/fields";
import { defineModule } from "./define-module";
import { MANAGERS, parsePackages } from "./packages/parse-packages";
import { TaskFailure } from "./task-failure";

/** $1: `first` or `all`; then package managers. */
const SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
strategy=$1 found=
shift
list() {
  case $1 in
  apt) dpkg-query -W -f '\${binary:Package}\\t\${Version}\\t\${Architecture}\\t\${Section}\\t\${db:Status-Status}\\n' ;;
  rpm) rpm -qa --qf '%{NAME}\\t%{VERSION}\\t%{ARCH}\\t%{RELEASE}\\t%{EPOCH}\\n' ;;
  apk) apk info -v ;;
  pacman) pacman -Q ;;
  esac 2>/dev/null
}
for manager; do
  case $manager in apt) program=dpkg-query ;; *) program=$manager ;; esac
  command -v "$program" >/dev/null 2>&1 || continue
  # busybox has a program of that name, which only unpacks.
  [ $manager != rpm ] || [ -d /var/lib/rpm ] || [ -d /usr/lib/sysimage/rpm ] || continue
  found=yes
  echo "@@facts:$manager"; list "$manager"
  [ "$strategy" = all ] || break
done
[ -n "$found" ]`;

/** See the file's header. */
export const packageFactsModule = defineModule({
  name: "package_facts",
  args: {
    manager: textList()
      .pipe(z.array(z.enum(["auto", ...MANAGERS], `expected ${["auto", ...MANAGERS].join(", ")}`)))
      .default(["auto"]),
    strategy: z.enum(["first", "all"]).default("first"),
  },
  async run({ host, signal }, { manager, strategy }) {
    const given = manager.filter((it) => it !== "auto");
    const managers = manager.includes("auto") ? [...new Set([...given, ...MANAGERS])] : given;
    const argv = ["/bin/sh", "-c", SCRIPT, "sh", strategy, ...managers];
    const { code, stdout } = await host.query({ argv }, { signal });
    if (code !== 0) {
      const list = managers.map((it) => `'${it}'`).join(", ");
      throw new TaskFailure(
        `Could not detect a supported package manager from the following list: [${list}]`,
      );
    }
    const hostFacts = { packages: parsePackages(stdout) };
    return { changed: false, hostFacts, values: { ansible_facts: hostFacts } };
  },
});
