/** flannel's settings as etcd keeps them. Source: flannel-io/flannel, Documentation/configuration.md. Pure. */
import type { FlannelOptions } from "../../../cluster/deployments/coreos/options";

/** Folder of the settings, and the key in it. */
export const FLANNEL_PREFIX = "/coreos.com/network";

/** The value of the key, as JSON on one line. */
export function flannelConfig(options: FlannelOptions): string {
  const { type, vni, port } = options.backend;
  return JSON.stringify({
    Network: options.network,
    SubnetLen: options.subnetLen,
    ...(options.subnetMin === undefined ? {} : { SubnetMin: options.subnetMin }),
    ...(options.subnetMax === undefined ? {} : { SubnetMax: options.subnetMax }),
    Backend: {
      Type: type,
      ...(vni === undefined ? {} : { VNI: vni }),
      ...(port === undefined ? {} : { Port: port }),
    },
  });
}
