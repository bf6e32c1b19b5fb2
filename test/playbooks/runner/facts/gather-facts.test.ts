import { hostname, release } from "node:os";
import { gatherFacts, parseFacts } from "../../../../playbooks/runner/facts/gather-facts";
import { openHost } from "../../../../playbooks/runner/transport/open-host";
import { startNamespacedHost } from "../../../support/namespaced-host";
import { startSshd } from "../../../support/sshd";

jest.setTimeout(60_000);

const { signal } = new AbortController();

test("gatherFacts() tells of this machine what node tells of it", async () => {
  const sshd = await startSshd();
  const host = await openHost(
    { name: "a", ...sshd },
    { key: sshd.key, connectTimeout: 10_000, signal },
  );
  try {
    const facts = await gatherFacts(host, { signal });

    expect(facts).toMatchObject({
      ansible_system: "Linux",
      ansible_hostname: hostname().split(".")[0],
      ansible_kernel: release(),
      ansible_user_id: sshd.user,
      ansible_os_family: "Debian",
      ansible_pkg_mgr: "apt",
      ansible_facts: { system: "Linux", user_id: sshd.user },
    });
    expect(host.counts).toEqual({ queries: 1, changes: 0 });
  } finally {
    host.close();
    await sshd.stop();
  }
});

test("gatherFacts() needs nothing but busybox", async () => {
  const machine = await startNamespacedHost("busybox");
  const host = await openHost(
    { name: "a", ...machine },
    { key: machine.key, connectTimeout: 10_000, signal },
  );
  try {
    const script = "ip addr add 10.96.0.3/12 dev lo; ip route add default via 10.96.0.1 dev lo";
    await host.change({ script }, {});

    const facts = await gatherFacts(host, { signal });

    expect(facts).toMatchObject({
      ansible_hostname: "armstead-test",
      ansible_distribution: "Debian",
      ansible_distribution_version: "13",
      ansible_distribution_major_version: "13",
      ansible_distribution_release: "trixie",
      ansible_service_mgr: "runit",
      ansible_architecture: process.arch === "arm64" ? "aarch64" : "x86_64",
      ansible_default_ipv4: {
        address: "10.96.0.3",
        interface: "lo",
        netmask: "255.240.0.0",
      },
      ansible_lo: {
        device: "lo",
        ipv4: { address: "127.0.0.1" },
        ipv4_secondaries: [{ network: "10.96.0.0", broadcast: "10.111.255.255" }],
      },
      ansible_all_ipv4_addresses: ["10.96.0.3"],
      ansible_interfaces: ["lo"],
      ansible_env: { HOME: "/root" },
      ansible_user_id: "root",
    });
    expect(facts.ansible_memtotal_mb).toBeGreaterThan(0);
    expect(facts.ansible_processor_vcpus).toBeGreaterThan(0);
  } finally {
    await machine.stop();
    host.close();
  }
});

test("parseFacts() has something to say when the host tells nothing", () => {
  const facts = parseFacts("");

  expect(facts).toMatchObject({
    hostname: "",
    distribution: "Linux",
    default_ipv4: {},
    interfaces: [],
  });
});

test.each([
  [
    'ID=debian\nVERSION_ID="12"',
    "12.11",
    {
      distribution: "Debian",
      distribution_version: "12.11",
      distribution_major_version: "12",
      os_family: "Debian",
    },
  ],
  [
    'ID=debian\nVERSION_ID="13"',
    "trixie/sid",
    { distribution: "Debian", distribution_version: "13" },
  ],
  [
    "ID=alpine\nVERSION_ID=3.20.1",
    "",
    { distribution: "Alpine", distribution_major_version: "3", os_family: "Alpine" },
  ],
  ["ID=rocky\nVERSION_ID='9.4'", "", { distribution: "Rocky", os_family: "RedHat" }],
  [
    'NAME="Own Linux"\nID=own\nID_LIKE="ubuntu debian"',
    "",
    { distribution: "Own Linux", os_family: "Debian" },
  ],
])("parseFacts() reads %j", (release_, debian, expected) => {
  expect(
    parseFacts(
      `@@facts:files\n==> /etc/os-release <==\n${release_}\n\n==> /etc/debian_version <==\n${debian}\n`,
    ),
  ).toMatchObject(expected);
});

test("parseFacts() tells the default address and its gateway", () => {
  const printed = [
    "@@facts:links",
    "eth0 52:54:00:12:34:56 1500 up",
    "@@facts:addresses",
    "2: eth0    inet 10.0.2.15/24 brd 10.0.2.255 scope global eth0\\       valid_lft forever",
    "@@facts:route",
    "8.8.8.8 via 10.0.2.2 dev eth0  src 10.0.2.15 ",
  ];

  expect(parseFacts(printed.join("\n"))).toMatchObject({
    default_ipv4: {
      address: "10.0.2.15",
      gateway: "10.0.2.2",
      interface: "eth0",
      network: "10.0.2.0",
      netmask: "255.255.255.0",
      prefix: "24",
    },
    eth0: { macaddress: "52:54:00:12:34:56", mtu: 1500, active: true },
  });
});
