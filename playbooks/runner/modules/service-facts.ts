/** `ansible.builtin.service_facts`: the host's services, what they do and whether they begin with it. */
import { defineModule } from "./define-module";
import { parseServices } from "./supervision/parse-services";
import { TaskFailure } from "./task-failure";

const SCRIPT = `
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin
known=
if [ -d /etc/init.d ] && command -v service >/dev/null 2>&1; then
  known=yes
  echo '@@facts:scripts'; service --status-all 2>/dev/null
fi
if [ -d /run/systemd/system ]; then
  known=yes
  echo '@@facts:units'; systemctl list-units --no-pager --no-legend --plain --type service --all
  echo '@@facts:files'; systemctl list-unit-files --no-pager --no-legend --type service --all
elif [ -d /etc/service ] && command -v sv >/dev/null 2>&1; then
  known=yes
  echo '@@facts:runit'
  for folder in /etc/sv/*/; do
    name=\${folder%/}; name=\${name##*/}
    [ -e "/etc/sv/$name/run" ] || continue
    state=down; begins=disabled
    case $(sv status "$name" 2>/dev/null) in run:*) state=run ;; esac
    [ -e "/etc/service/$name" ] && [ ! -e "/etc/sv/$name/down" ] && begins=enabled
    echo "$name $state $begins"
  done
fi
[ -n "$known" ]`;

/** See the file's header. */
export const serviceFactsModule = defineModule({
  name: "service_facts",
  args: {},
  async run({ host, signal }) {
    const { code, stdout } = await host.query({ argv: ["/bin/sh", "-c", SCRIPT] }, { signal });
    if (code !== 0) {
      throw new TaskFailure(
        "Failed to find any services. This can be due to privileges or some other configuration issue.",
      );
    }
    const hostFacts = { services: parseServices(stdout) };
    return { changed: false, hostFacts, values: { ansible_facts: hostFacts } };
  },
});
