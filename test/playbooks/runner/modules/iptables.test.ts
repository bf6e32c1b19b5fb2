import { startBench, type ModuleBench } from "../../../support/module-run";

// A whole host is started, on a machine that other tests share.
jest.setTimeout(60_000);

const ONCE = [true, true, false];
const NEVER = [false, false, false];

let bench: ModuleBench;

beforeAll(async () => {
  bench = await startBench("debian");
  // Debian's programs are links to links in /etc.
  await bench.shell(
    "mkdir -p /etc/alternatives; for it in iptables ip6tables; do ln -s /usr/sbin/$it-nft /etc/alternatives/$it; done",
  );
});

beforeEach(() => bench.shell("iptables -F; iptables -X; iptables -P FORWARD ACCEPT"));

afterAll(() => bench.stop());

const rules = (chain = "") => bench.shell(`iptables -S ${chain}`);

// What the real iptables prints for the rule.
test.each([
  [{ chain: "INPUT", source: "8.8.8.8", jump: "DROP" }, "-A INPUT -s 8.8.8.8/32 -j DROP"],
  [
    {
      chain: "INPUT",
      protocol: "tcp",
      destination_port: 22,
      ctstate: ["NEW"],
      syn: "match",
      jump: "ACCEPT",
    },
    "-A INPUT -p tcp -m tcp --dport 22 --tcp-flags FIN,SYN,RST,ACK SYN -m conntrack --ctstate NEW -j ACCEPT",
  ],
  [
    {
      chain: "INPUT",
      ctstate: "ESTABLISHED,RELATED",
      jump: "ACCEPT",
      comment: 'it\'s "said" $(x)',
    },
    '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -m comment --comment "it\\\'s \\"said\\" $(x)" -j ACCEPT',
  ],
  [
    {
      chain: "INPUT",
      protocol: "tcp",
      destination_ports: [80, "443", "8081:8083"],
      jump: "ACCEPT",
    },
    "-A INPUT -p tcp -m multiport --dports 80,443,8081:8083 -j ACCEPT",
  ],
  [
    {
      chain: "FORWARD",
      src_range: "192.168.1.100-192.168.1.199",
      dst_range: "10.0.0.1-10.0.0.50",
      jump: "ACCEPT",
    },
    "-A FORWARD -m iprange --src-range 192.168.1.100-192.168.1.199 --dst-range 10.0.0.1-10.0.0.50 -j ACCEPT",
  ],
  [
    { chain: "INPUT", in_interface: "!eth+", reject_with: "tcp-reset", protocol: "tcp" },
    "-A INPUT ! -i eth+ -p tcp -j REJECT --reject-with tcp-reset",
  ],
  [
    {
      chain: "OUTPUT",
      uid_owner: "0",
      limit: "2/second",
      limit_burst: 20,
      log_prefix: "OUT: ",
      log_level: "info",
    },
    '-A OUTPUT -m limit --limit 2/sec --limit-burst 20 -m owner --uid-owner 0 -j LOG --log-prefix "OUT: " --log-level 6',
  ],
  [
    { chain: "INPUT", protocol: "icmp", icmp_type: "echo-request", jump: "DROP" },
    "-A INPUT -p icmp -m icmp --icmp-type 8 -j DROP",
  ],
  [
    {
      chain: "INPUT",
      protocol: "tcp",
      tcp_flags: { flags: ["SYN", "ACK"], flags_set: ["SYN"] },
      jump: "DROP",
    },
    "-A INPUT -p tcp -m tcp --tcp-flags SYN,ACK SYN -j DROP",
  ],
])("iptables takes %j once, and takes it back", async (args, rule) => {
  expect(await bench.thrice("iptables", args)).toEqual(ONCE);
  expect((await rules(args.chain)).split("\n")).toContain(rule);
  expect(await bench.thrice("iptables", { ...args, state: "absent" })).toEqual(ONCE);
  expect(await rules(args.chain)).toBe(`-P ${args.chain} ACCEPT\n`);
});

test("iptables inserts at the top, or where it is told", async () => {
  for (const source of ["10.0.0.1", "10.0.0.2"]) {
    await bench.run("iptables", { chain: "INPUT", source, jump: "DROP", action: "insert" });
  }
  await bench.run("iptables", {
    ...{ chain: "INPUT", source: "10.0.0.3", jump: "DROP", action: "insert", rule_num: 2 },
  });

  expect((await rules("INPUT")).match(/10\.0\.0\.\d/g)).toEqual([
    "10.0.0.2",
    "10.0.0.3",
    "10.0.0.1",
  ]);
});

test("iptables makes chains and removes them", async () => {
  const args = { chain: "OWN", chain_management: true };

  expect(await bench.thrice("iptables", args)).toEqual(ONCE);
  expect(await rules()).toContain("-N OWN\n");
  expect(await bench.thrice("iptables", { ...args, state: "absent" })).toEqual(ONCE);
  expect(await rules()).not.toContain("OWN");
});

test("iptables sets policies, and empties chains", async () => {
  expect(await bench.thrice("iptables", { chain: "FORWARD", policy: "DROP" })).toEqual(ONCE);
  expect(await bench.thrice("iptables", { chain: "FORWARD", policy: "DROP" })).toEqual(NEVER);
  await bench.run("iptables", { chain: "FORWARD", jump: "ACCEPT" });

  // Whether there is anything to flush is not asked, as in Ansible.
  expect(await bench.thrice("iptables", { chain: "FORWARD", flush: true })).toEqual([
    true,
    true,
    true,
  ]);
  expect(await rules("FORWARD")).toBe("-P FORWARD DROP\n");
});

test("iptables has tables of its own for IPv6 and for addresses that are translated", async () => {
  const nat = { table: "nat", chain: "PREROUTING", protocol: "tcp", destination_port: "80" };
  const args = { ...nat, jump: "REDIRECT", to_ports: "8600" };

  expect(await bench.thrice("iptables", args)).toEqual(ONCE);
  expect(
    await bench.thrice("iptables", {
      chain: "INPUT",
      source: "fe80::1",
      ip_version: "ipv6",
      jump: "DROP",
    }),
  ).toEqual(ONCE);
  expect(await bench.shell("ip6tables -S INPUT")).toContain("-s fe80::1/128 -j DROP");
});

test("iptables says what iptables says, and tells its result as Ansible does", async () => {
  const failed = await bench.run("iptables", { chain: "INPUT", jump: "NO_SUCH" });
  expect(failed).toMatchObject({ changed: false, failed: true });
  expect(failed.message).toContain("NO_SUCH");
  expect(await bench.run("iptables", { chain: "INPUT", jump: "DROP" })).toMatchObject({
    changed: true,
    values: {
      chain: "INPUT",
      table: "filter",
      ip_version: "ipv4",
      state: "present",
      rule: "-j DROP",
    },
    diff: "iptables -t filter -A INPUT -j DROP",
  });
});
