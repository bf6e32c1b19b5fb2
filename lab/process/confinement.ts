/**
 * The shell scripts that confine a process machine. The host's sh runs them, in the machine's
 * folder and with relative paths only: the machine's user may not pass the folders above it.
 */

/**
 * Runs the machine again and again while it asks for a reboot. The kernel tells how the first
 * process of a PID namespace ended: SIGHUP for reboot, SIGINT for power off. Each process of the chain dies with the one above it.
 */
export const SUPERVISE = `
PATH=/usr/sbin:/usr/bin:/sbin:/bin
while :; do
  setpriv --pdeathsig KILL \\
    unshare --mount --propagation private --pid --uts --ipc --fork --kill-child=SIGKILL \\
    sh -c 'eval "$ENTER"'
  [ $? -eq 129 ] || exit 0
done
`;

/**
 * First process of the machine: makes its file system, leaves the host's, becomes its init.
 * Programs of the host are called by their names until pivot_root, of the machine after it.
 */
export const ENTER = `
set -e
PATH=/usr/sbin:/usr/bin:/sbin:/bin
if [ -d "$LAYER/copy" ]; then mount --no-canonicalize --bind "$LAYER/copy" root
else mount --no-canonicalize -t overlay -o "$OVERLAY" overlay root; fi
# Physically: else sh would go there by the absolute path.
cd -P root
pivot_root . mnt
cd /
mount -t proc -o nosuid,nodev,noexec proc /proc
mount -t tmpfs -o nosuid,noexec,mode=755,size=1m dev /dev
for it in null zero full random urandom tty; do
  : >/dev/$it
  mount --bind /mnt/dev/$it /dev/$it
done
mkdir /dev/pts /dev/shm
mount -t devpts -o nosuid,noexec,newinstance,ptmxmode=0666,mode=0620 devpts /dev/pts
mount -t tmpfs -o nosuid,nodev,mode=1777,size=64m shm /dev/shm
ln -s pts/ptmx /dev/ptmx
ln -s /proc/self/fd /dev/fd
ln -s /proc/self/fd/0 /dev/stdin
ln -s /proc/self/fd/1 /dev/stdout
ln -s /proc/self/fd/2 /dev/stderr
mount -t tmpfs -o nosuid,nodev,mode=755,size=64m run /run
mount -t tmpfs -o nosuid,nodev,mode=1777,size=256m tmp /tmp
umount -l /mnt
hostname -F /etc/hostname
echo "machine: boot"
exec env -i PATH=/usr/local/sbin:/usr/local/bin:$PATH HOME=/root TERM=linux /sbin/init
`;

/** Options of the machine's overlay; all paths are relative to its folder. */
export function overlayOptions(base: string, layer: string): string {
  return `lowerdir=${base},upperdir=${layer}/upper,workdir=${layer}/work,userxattr`;
}
