/** Accounts, names and the login shell of minimal nodes. */
import { file, folder, link, program, type TreeEntry } from "../tree";

/** Where a node's shell looks for programs. */
export const NODE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The shell of root: dropbear sets a PATH of its own without /usr/local, and ash reads no profile for a command. */
const LOGIN_SHELL = `#!/bin/sh
export PATH=${NODE_PATH}
[ $# -gt 0 ] || exec /bin/sh -l
exec /bin/sh "$@"
`;

const PASSWD = `root:x:0:0:root:/root:/usr/sbin/login-shell
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

const GROUP = `root:x:0:
daemon:x:1:
adm:x:4:
tty:x:5:
sudo:x:27:
users:x:100:
nogroup:x:65534:
`;

const SHADOW = `root:*:20000:0:99999:7:::
daemon:*:20000:0:99999:7:::
nobody:*:20000:0:99999:7:::
`;

/** The files. */
export function accountFiles(): TreeEntry[] {
  return [
    file("etc/passwd", PASSWD),
    file("etc/group", GROUP),
    file("etc/shadow", SHADOW, 0o600),
    file("etc/shells", "/bin/sh\n/usr/sbin/login-shell\n"),
    file("etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\n"),
    file("etc/profile", `export PATH=${NODE_PATH}\nPS1='\\u@\\h:\\w# '\n`),
    program("usr/sbin/login-shell", LOGIN_SHELL),
    program("usr/sbin/nologin", "#!/bin/sh\necho 'this account is not available' >&2\nexit 1\n"),
    folder("root", 0o700),
    folder("root/.ssh", 0o700),
    folder("tmp", 0o1777),
    folder("var/tmp", 0o1777),
    ...["dev", "proc", "sys", "run", "mnt", "home", "opt", "srv", "var/lib", "var/log"].map((it) =>
      folder(it),
    ),
    ...["usr/local/bin", "usr/local/sbin", "etc/dropbear"].map((it) => folder(it)),
    link("var/run", "/run"),
    ...["bin", "sbin", "lib", "lib64"].map((it) => link(it, `usr/${it}`)),
    folder("usr/lib64"),
  ];
}
