/**
 * What is asked of a host, all in one script: plain files of /proc, /sys and /etc, and the few
 * tools that coreutils and busybox share. Every answer follows a line `@@facts:NAME`. A process
 * costs a small node a millisecond or more, so one reads all the files, and the shell does what it can.
 */
import { FACT_FILES } from "./fact-files";

/** Prints the answers. */
export const FACTS_SCRIPT = `
part() { echo "@@facts:$1"; }
has() { command -v "$1" >/dev/null 2>&1; }
part environment; env | grep -E '^(HOME|USER|LOGNAME|PATH|SHELL|LANG|PWD|TERM|TMPDIR)='
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
who=$(id)
name=\${who#*(}
name=\${name%%)*}
part uname; uname -snrvm
part id; printf '%s\\n' "$who"
part home; printf '%s\\n' "$HOME" "$SHELL"
part cpuinfo; grep -E '^(processor|model name|vendor_id|CPU part|physical id|cpu cores|siblings|core id)[[:space:]]*:' /proc/cpuinfo 2>/dev/null
part hypervisor; grep -q -E '^flags.* hypervisor( |$)' /proc/cpuinfo 2>/dev/null && echo yes
part kvm; [ -e /dev/kvm ] && echo yes
part container
if [ -e /.dockerenv ]; then echo docker
elif [ -e /run/.containerenv ]; then echo podman
elif [ -r /run/systemd/container ]; then cat /run/systemd/container
fi
part gecos; sed -n "s/^$name:[^:]*:[^:]*:[^:]*:\\([^:]*\\):.*/\\1/p" /etc/passwd 2>/dev/null
part date; date '+%s|%Y-%m-%d|%H:%M:%S|%Z|%z|%Y|%m|%d|%H|%M|%S|%A'
part packages; for tool in apt-get dnf yum zypper apk pacman opkg; do has $tool && echo $tool; done
part init
[ -d /run/systemd/system ] && echo systemd
[ -d /run/openrc ] && echo openrc
has sv && [ -d /etc/service ] && echo runit
part df; df -P -k 2>/dev/null
part links
for link in /sys/class/net/*; do
  [ -e "$link/address" ] || continue
  state= address= mtu=
  { read -r state < "$link/operstate"; read -r address < "$link/address"; read -r mtu < "$link/mtu"; } 2>/dev/null
  echo "\${link##*/} $address $mtu \${state:-unknown}"
done
part addresses; ip -o addr show 2>/dev/null
part route; ip -4 route get 8.8.8.8 2>/dev/null
part route6; ip -6 route get 2001:4860:4860::8888 2>/dev/null
part files
head -n 100000 ${FACT_FILES} 2>/dev/null
exit 0
`;
