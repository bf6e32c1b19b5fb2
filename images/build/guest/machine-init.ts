/**
 * How a QEMU machine starts. `/init` is the initramfs's: at the first boot it installs its own root on
 * the disk, later it only switches there; in rescue it stays. `/etc/rc` is the same in both.
 * The machine's identity (names, keys, addresses) comes in an archive of its own, over these files.
 */
import { file, program, type TreeEntry } from "../tree";

/** Printed on the console when the system starts, before anything can fail. */
export const CONSOLE_BOOT = "machine: boot";
/** Printed on the console when names and network are set up; sshd follows at once. */
export const CONSOLE_READY = "machine: ready";
/** Word of the kernel's command line that says what to boot: `disk` or `rescue`. */
export const BOOT_WORD = "armstead.boot";
/** Shell assignments for {@link RC}: the LAN card's address with its prefix length. */
export const NETWORK_FILE = "etc/machine-network";

const INIT = `#!/bin/sh
PATH=/usr/sbin:/usr/bin:/sbin:/bin
busybox mount -t proc proc /proc
busybox mount -t sysfs sysfs /sys
busybox mount -t devtmpfs dev /dev
busybox --install -s 2>/dev/null
echo "${CONSOLE_BOOT}" >/dev/console
echo 1 >/proc/sys/kernel/printk
modules=/lib/modules/$(uname -r)
while read -r it; do insmod "$modules/$it.ko"; done <"$modules/boot.list"
read -r words </proc/cmdline
case $words in *${BOOT_WORD}=rescue*) exec /sbin/init ;; esac

fail() { echo "machine: cannot $1" >/dev/console; exec /sbin/init; }
n=0
until [ -b /dev/vda ] || [ $n -ge 100 ]; do n=$((n + 1)); sleep 0.05; done
# Blocks beyond the first are zero as they are: the disk is a new sparse file.
mount -t ext4 -o noatime,noinit_itable,commit=1 /dev/vda /mnt || fail "mount the disk"
if [ ! -e /mnt/etc/installed ]; then
  # What an interrupted installation left is not worth keeping.
  find /mnt -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf {} +
  mkdir /mnt/dev /mnt/proc /mnt/sys /mnt/run /mnt/mnt || fail "write to the disk"
  for it in /*; do
    case $it in /dev | /proc | /sys | /run | /mnt | /init) ;; *) cp -a "$it" /mnt/ || fail "install" ;; esac
  done
  sync
  date >/mnt/etc/installed
  sync
fi
for it in dev proc sys; do mount --move /$it /mnt/$it; done
exec switch_root /mnt /sbin/init
`;

const RC = `#!/bin/sh
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mkdir -p /dev/pts /dev/shm
mount -t devpts -o mode=0620,gid=5,ptmxmode=0666 devpts /dev/pts
mount -t tmpfs -o nosuid,nodev shm /dev/shm
mount -t tmpfs -o nosuid,nodev,mode=755 run /run
find /tmp -mindepth 1 -maxdepth 1 -exec rm -rf {} +
hostname -F /etc/hostname
ip link set lo up
ip addr add 10.0.2.15/24 dev eth0
ip link set eth0 up
ip route add default via 10.0.2.2
. /${NETWORK_FILE}
if [ -e /sys/class/net/eth1 ]; then
  ip addr add "$LAN_ADDRESS" dev eth1
  ip link set eth1 up
fi
# A power cut may cost the last seconds, not the last half minute.
echo 50 >/proc/sys/vm/dirty_writeback_centisecs
echo 100 >/proc/sys/vm/dirty_expire_centisecs
[ ! -x /etc/rc.local ] || /etc/rc.local
echo "${CONSOLE_READY}" >/dev/console
`;

/** Reads one event of the power button, then powers off in order. */
const POWER_BUTTON = `#!/bin/sh
device=$(grep -l gpio-keys /sys/class/input/event*/device/name 2>/dev/null | head -n1)
[ -n "$device" ] || exec sleep 86400
device=\${device#/sys/class/input/}
head -c 24 "/dev/input/\${device%%/*}" >/dev/null && poweroff
sleep 5
`;

const INITTAB = `::sysinit:/etc/rc
::respawn:/usr/sbin/dropbear -F -E -s -m -r /etc/dropbear/hostkey -P /run/dropbear.pid
::respawn:/usr/sbin/runsvdir
::respawn:/usr/sbin/power-button
::ctrlaltdel:/sbin/reboot
::shutdown:/etc/rc.shutdown
`;

/** The files. */
export function machineInitFiles(): TreeEntry[] {
  return [
    program("init", INIT),
    program("etc/rc", RC),
    program("usr/sbin/power-button", POWER_BUTTON),
    file("etc/inittab", INITTAB),
    file("etc/resolv.conf", "nameserver 10.0.2.3\n"),
  ];
}
