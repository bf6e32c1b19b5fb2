/**
 * How a member on Flatcar learns its own address: out of the table of members, else of what the platform told
 * coreos-metadata, else of the route to the outside. Text only.
 */

/** Called with the node's name; writes NODE_ADDRESS=… to /run/armstead/node-address. */
export const NODE_ADDRESS_SCRIPT = `#!/bin/sh
# Finds this node's address: the table of members knows it, else the platform, else the route to the outside.
set -eu
members=\${NODE_MEMBERS:-/etc/etcd/members}
target=\${NODE_ADDRESS_FILE:-/run/armstead/node-address}

address=
while read -r name found; do
  if [ "$name" = "$1" ]; then address=$found; fi
done <"$members"
[ -n "$address" ] || address=\${COREOS_PACKET_IPV4_PRIVATE_0:-\${COREOS_EQUINIXMETAL_IPV4_PRIVATE_0:-}}
[ -n "$address" ] || address=$(ip -4 route get 192.0.2.1 | sed -n 's/.* src \\([0-9.]*\\).*/\\1/p')
[ -n "$address" ] || { echo "node-address: $1 has no address" >&2; exit 1; }
mkdir -p "\${target%/*}"
echo "NODE_ADDRESS=$address" >"$target"
`;
