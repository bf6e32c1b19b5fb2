/** localhost.yml, read again, is the model it was made of; and what belongs into it and what does not. */
import { parse } from "yaml";
import type { ClusterSpec } from "../../../../cluster";
import { STARLINGX_NAMES } from "../../../../cluster/deployments/starlingx/kinds";
import { sitesOf } from "../../../../cluster/deployments/starlingx/site";
import {
  localhostFile,
  SECRET_REFERENCES,
  subcloudFile,
  subcloudOverrides,
} from "../../../../constructs/deployments/starlingx/bootstrap-files";
import { overridesOf } from "../../../../constructs/deployments/starlingx/overrides";
import { validCluster } from "../../../cluster/deployments/starlingx/valid-clusters";
import { VARIANTS } from "./variants";

const clusters: (readonly [string, ClusterSpec])[] = [
  ...STARLINGX_NAMES.map((it) => [it, validCluster(it)] as const),
  ...Object.entries(VARIANTS),
];

test.each(clusters)("localhost.yml and bootstrap values, read again: %s", (_, cluster) => {
  const [central, ...subclouds] = sitesOf(cluster);
  const site = central ?? fail();

  expect(parse(localhostFile(site, cluster))).toEqual({
    ...overridesOf(site, cluster),
    ...SECRET_REFERENCES,
  });
  for (const it of subclouds) {
    expect(parse(subcloudFile(it, cluster))).toEqual(subcloudOverrides(it, cluster));
  }
});

test("a duplex, variable by variable", () => {
  const cluster = validCluster("aio-dx");
  const [site] = sitesOf(cluster);

  expect(site && overridesOf(site, cluster)).toEqual({
    system_mode: "duplex",
    timezone: "UTC",
    dns_servers: ["8.8.8.8", "8.8.4.4"],
    external_oam_subnet: "10.20.30.0/24",
    external_oam_gateway_address: "10.20.30.1",
    external_oam_floating_address: "10.20.30.10",
    external_oam_node_0_address: "10.20.30.11",
    external_oam_node_1_address: "10.20.30.12",
    management_subnet: "192.168.204.0/24",
    cluster_host_subnet: "192.168.206.0/24",
    cluster_pod_subnet: "172.16.0.0/16",
    cluster_service_subnet: "10.96.0.0/12",
    pxeboot_subnet: "169.254.202.0/24",
    management_multicast_subnet: "239.1.1.0/28",
    management_dynamic_address_allocation: true,
    cluster_host_dynamic_address_allocation: true,
    kernel: "standard",
    admin_username: "admin",
  });
});

test("the kernel is a variable of All-in-one only, and no file says system_type", () => {
  const kernels = STARLINGX_NAMES.map((name) => {
    const cluster = { ...validCluster(name), kernel: "realtime" as const };
    const [site] = sitesOf(cluster);
    const overrides = site ? overridesOf(site, cluster) : {};
    expect(overrides).not.toHaveProperty("system_type");
    return [name, overrides.kernel];
  });

  expect(kernels).toEqual([
    ["aio-sx", "lowlatency"],
    ["aio-dx", "lowlatency"],
    ["aio-dx-workers", "lowlatency"],
    ["standard-controller-storage", undefined],
    ["standard-dedicated-storage", undefined],
    ["distributed-cloud", "lowlatency"],
  ]);
});

test("mirrors of the cluster become docker_registries; with a login they are among the secrets", () => {
  const cluster = validCluster("aio-sx");
  const endpoint = { url: "https://mirror.example/quay", mode: "only" as const, insecure: false };
  const login = { ...endpoint, credentials: { username: "who", password: "word" } };
  const open = withMirrors(cluster, [{ registry: "quay.io", endpoints: [endpoint] }]);
  const closed = withMirrors(cluster, [
    { registry: "*", endpoints: [endpoint] },
    { registry: "quay.io", endpoints: [login] },
  ]);
  const registriesOf = (it: ClusterSpec): unknown => {
    const [site] = sitesOf(it);
    return site && overridesOf(site, it).docker_registries;
  };

  expect(registriesOf(open)).toEqual({
    "quay.io": { url: "mirror.example/quay", type: "docker", secure: true },
  });
  expect(registriesOf(closed)).toBeUndefined();
});

test("dcmanager is told what it asks for, and neither role nor password", () => {
  const cluster = validCluster("distributed-cloud");
  const [central, first] = sitesOf(cluster);
  const values = first ? subcloudOverrides(first, cluster) : {};

  expect(central && overridesOf(central, cluster)).toMatchObject({
    distributed_cloud_role: "systemcontroller",
    management_start_address: "192.168.204.2",
    management_end_address: "192.168.204.50",
  });
  expect(values).toMatchObject({
    name: "edge-1",
    system_mode: "simplex",
    management_gateway_address: "192.168.101.1",
    systemcontroller_gateway_address: "192.168.204.101",
    external_oam_floating_address: "10.20.41.10",
  });
  expect(Object.keys(values).filter((it) => /role|password|pass$|admin_username/.test(it))).toEqual(
    [],
  );
});

function withMirrors(
  cluster: ClusterSpec,
  mirrors: ClusterSpec["registries"]["mirrors"],
): ClusterSpec {
  return { ...cluster, registries: { ...cluster.registries, mirrors } };
}

function fail(): never {
  throw new Error("there is no site");
}
