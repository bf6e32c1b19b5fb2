/** What the first process of a process machine starts. */
import { file, type TreeEntry } from "../tree";

/** `/etc/listen` holds ADDRESS:PORT of the machine's sshd. No passwords; the log goes to the machine's console. */
const INITTAB = `::respawn:/bin/sh -c 'exec /usr/sbin/dropbear -F -E -s -m -r /etc/dropbear/hostkey -P /run/dropbear.pid -p "$(cat /etc/listen)"'
::respawn:/usr/sbin/runsvdir
::shutdown:/etc/rc.shutdown
`;

/** The files. */
export function processInitFiles(): TreeEntry[] {
  return [file("etc/inittab", INITTAB)];
}
