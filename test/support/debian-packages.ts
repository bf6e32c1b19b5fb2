/** A small package repository on a namespaced Debian host, and an empty package database to install into. */
import type { ModuleBench } from "./module-run";

/** One version of a package. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  /** Further fields of its control file, such as `Depends: hello`. */
  readonly fields?: string;
  /** Runs when it is installed. */
  readonly postinst?: string;
}

/**
 * apt and dpkg of this machine, with lists, database and cache of the host's own. Nothing is signed, so the
 * repository is trusted by its line.
 */
const PREPARE = `
mkdir -p /etc/apt/apt.conf.d /etc/apt/preferences.d /etc/apt/sources.list.d /var/lib/apt/lists/partial \\
  /var/cache/apt/archives/partial /var/lib/dpkg/info /var/lib/dpkg/updates /var/lib/dpkg/triggers /opt /repo
: > /var/lib/dpkg/status
echo 'APT::Sandbox::User "root";' > /etc/apt/apt.conf.d/00test
echo 'deb [trusted=yes] copy:/repo ./' > /etc/apt/sources.list
`;

/** $1: name; $2: version; $3: further fields; $4: a script for after the installation, or empty. */
const BUILD = `
umask 022
work=$(mktemp -d) && chmod 755 "$work" && mkdir -p "$work/DEBIAN" "$work/opt/$1" "$work/etc/$1" || exit
echo "$2" > "$work/opt/$1/version"
echo "name=$1" > "$work/etc/$1/settings"
echo "/etc/$1/settings" > "$work/DEBIAN/conffiles"
{
  printf 'Package: %s\\nVersion: %s\\nArchitecture: all\\n' "$1" "$2"
  printf 'Maintainer: Test <test@example.org>\\nDescription: a package of the tests\\n'
  [ -z "$3" ] || printf '%s\\n' "$3"
} > "$work/DEBIAN/control"
[ -z "$4" ] || { printf '#!/bin/sh\\n%s\\n' "$4" > "$work/DEBIAN/postinst"; chmod 755 "$work/DEBIAN/postinst"; }
dpkg-deb --root-owner-group -Znone -b "$work" "/repo/$1_$2_all.deb" >/dev/null || exit
rm -r "$work"`;

/** Makes the database. */
export async function prepareApt(bench: ModuleBench): Promise<void> {
  await bench.shell(PREPARE);
}

/** Forgets all packages that were installed, and what they brought. */
export async function forgetPackages(bench: ModuleBench): Promise<void> {
  await bench.shell(
    "rm -rf /opt/* /var/lib/dpkg/info/*; : > /var/lib/dpkg/status; : > /var/lib/apt/extended_states",
  );
}

/** Builds packages and adds them to the repository. */
export async function publish(bench: ModuleBench, packages: readonly TestPackage[]): Promise<void> {
  for (const { name, version, fields = "", postinst = "" } of packages) {
    const argv = ["/bin/sh", "-c", BUILD, "sh", name, version, fields, postinst];
    const { code, stderr } = await bench.host.change({ argv }, {});
    if (code !== 0) throw new Error(`${name} cannot be built: ${stderr}`);
  }
  await bench.shell("cd /repo && dpkg-scanpackages -m . 2>/dev/null > Packages");
}
