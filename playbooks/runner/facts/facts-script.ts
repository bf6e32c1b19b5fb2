/**
 * What is asked of a host, all in one script: plain files of /proc, /sys and /etc, and the few
 * tools that coreutils and busybox share. Every answer follows a line `@@facts:NAME`.
 */
export const FACTS_SCRIPT = `
part() { echo "@@facts:$1"; }
has() { command -v "$1" >/dev/null 2>&1; }
part environment; env | grep -E '^(HOME|USER|LOGNAME|PATH|SHELL|LANG|PWD|TERM|TMPDIR)='
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/sbin:/sbin
part uname; uname -s; uname -n; uname -r; uname -v; uname -m
part os-release; cat /etc/os-release /usr/lib/os-release 2>/dev/null
part debian-version; cat /etc/debian_version 2>/dev/null
part hosts; cat /etc/hosts 2>/dev/null
part user; id -un; id -u; id -g; echo "$HOME"; echo "$SHELL"
part memory; cat /proc/meminfo 2>/dev/null
part processors; grep -c '^processor' /proc/cpuinfo 2>/dev/null
part cpuinfo; grep -E '^(processor|model name|vendor_id|CPU part|physical id|cpu cores|siblings|core id)[[:space:]]*:' /proc/cpuinfo 2>/dev/null
part hypervisor; grep -m 1 -E '^flags.* hypervisor( |$)' /proc/cpuinfo 2>/dev/null | cut -c 1-5
part kvm; [ -e /dev/kvm ] && echo yes
part container
if [ -e /.dockerenv ]; then echo docker
elif [ -e /run/.containerenv ]; then echo podman
elif [ -r /run/systemd/container ]; then cat /run/systemd/container
fi
part dmi
for field in product_name product_version product_serial product_uuid sys_vendor bios_version bios_date bios_vendor board_name board_vendor; do
  [ -r "/sys/class/dmi/id/$field" ] && echo "$field=$(cat "/sys/class/dmi/id/$field" 2>/dev/null)"
done
part resolv; cat /etc/resolv.conf 2>/dev/null
part host-keys; cat /etc/ssh/ssh_host_*_key.pub 2>/dev/null
part gecos; sed -n "s/^$(id -un):[^:]*:[^:]*:[^:]*:\\([^:]*\\):.*/\\1/p" /etc/passwd 2>/dev/null
part real; id -ru; id -rg
part uptime; cat /proc/uptime 2>/dev/null
part machine-id; cat /etc/machine-id 2>/dev/null
part cmdline; cat /proc/cmdline 2>/dev/null
part date; date '+%s|%Y-%m-%d|%H:%M:%S|%Z|%z|%Y|%m|%d|%H|%M|%S|%A'
part date-utc; date -u '+%Y-%m-%dT%H:%M:%SZ'
part packages; for tool in apt-get dnf yum zypper apk pacman opkg; do has $tool && echo $tool; done
part init
[ -d /run/systemd/system ] && echo systemd
[ -d /run/openrc ] && echo openrc
has sv && [ -d /etc/service ] && echo runit
cat /proc/1/comm 2>/dev/null
part mounts; cat /proc/mounts 2>/dev/null
part df; df -P -k 2>/dev/null
part links
for link in /sys/class/net/*; do
  [ -e "$link/address" ] || continue
  state=$(cat "$link/operstate" 2>/dev/null)
  echo "\${link##*/} $(cat "$link/address") $(cat "$link/mtu") \${state:-unknown}"
done
part addresses; ip -o addr show 2>/dev/null
part route; ip -4 route get 8.8.8.8 2>/dev/null
part route6; ip -6 route get 2001:4860:4860::8888 2>/dev/null
exit 0
`;
