/** Overrides of the bootstrap, judged: what upstream's validation takes and what it refuses, rule by rule. */
import { lines, NETWORK_RULES, type Rule } from "./bootstrap-network-cases";

const CENTRAL = lines(
  "distributed_cloud_role: systemcontroller",
  "system_mode: duplex",
  "management_start_address: 192.168.204.2",
  "management_end_address: 192.168.204.50",
);
const registry = (key: string, ...fields: readonly string[]): string =>
  lines("docker_registries:", `  ${key}:`, ...fields.map((it) => `    ${it}`));

/** See the header. */
export const RULES: readonly Rule[] = [
  {
    name: "system_mode",
    takes: ["system_mode: simplex", "system_mode: Duplex", "system_mode: duplex-direct"],
    refuses: { "system_mode: triplex": "Invalid system mode. Valid values are" },
  },
  {
    name: "system_mode of a Standard system is duplex, whatever is written",
    type: "Standard",
    takes: ["system_mode: simplex", "system_mode: whatever"],
    refuses: {},
  },
  {
    name: "virtual_system is a YAML bool",
    takes: ["virtual_system: true", "virtual_system: no"],
    refuses: { 'virtual_system: "true"': "virtual_system is misconfigured" },
  },
  {
    name: "virtual_system of a Standard system",
    type: "Standard",
    takes: ["virtual_system: false"],
    refuses: { "virtual_system: true": "only supported for All-in-one system" },
  },
  {
    name: "distributed_cloud_role",
    takes: ["distributed_cloud_role: none", "distributed_cloud_role: subcloud", CENTRAL],
    refuses: {
      "distributed_cloud_role: central": "Invalid distributed cloud role.",
      "distributed_cloud_role: systemcontroller": "A simplex All-in-one controller cannot be",
      [lines(CENTRAL, "virtual_system: true")]: "Virtual system setting is not supported for",
      [lines(CENTRAL, "admin_subnet: 192.168.210.0/24")]: "Admin network parameters cannot be",
      "distributed_cloud_role: systemcontroller\nsystem_mode: duplex":
        "management_start_address and management_end_address are required",
      [CENTRAL.replace("204.2", "204.1").replace("204.50", "204.254")]:
        "management address range too large",
    },
  },
  {
    name: "timezone",
    takes: ["timezone: UTC", "timezone: Europe/Berlin", "timezone: America/Argentina/Ushuaia"],
    refuses: {
      "timezone: ../../etc/passwd": "The provided timezone ../../etc/passwd is invalid.",
      'timezone: "Mars $(reboot)"': "The provided timezone Mars $(reboot) is invalid.",
    },
  },
  {
    name: "dns_servers",
    takes: ["dns_servers: [8.8.8.8]", "dns_servers:\n- 8.8.8.8\n- 8.8.4.4\n- 2001:4860:4860::8888"],
    refuses: {
      "dns_servers: []": "The number of DNS servers exceeds maximum allowable number of 3.",
      "dns_servers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4]": "The number of DNS servers exceeds",
      "dns_servers: [dns.example]": "DNS Server: dns.example",
      "dns_servers: 8.8.8.8": "dns_servers must be a list",
    },
  },
  ...NETWORK_RULES,
  {
    name: "registries",
    takes: [
      registry("docker.io", "url: mirror.edge:5000/docker.io"),
      registry("defaults", "url: registry.central:9001", "username: sysinv", 'password: "p: #1"'),
      registry("k8s.gcr.io", "url: '[fd00::1]:5000/k8s'", "type: aws-ecr", "secure: false"),
      "docker_registries: {}",
      "docker_registries:\n  quay.io:",
    ],
    refuses: {
      [registry("docker.com", "url: a.example")]: "Unknown registry key: 'docker.com'",
      [registry("docker.io", "auth: secret")]: "docker.io has an unknown field 'auth'",
      [registry("docker.io", "username: me")]:
        "docker registry username and password must both be specified or not at all",
      [registry("registry.k8s.io", "password: me")]: "registryk8s registry username and password",
      [registry("gcr.io", "type: harbor")]: "Registry type for gcr.io is not supported.",
      [registry("gcr.io", 'secure: "false"')]:
        "'secure' parameter of registry gcr.io is misconfigured",
      [registry("quay.io", "url: https://mirror.edge")]: "a registry's url has no scheme",
      [registry("quay.io", "url: mirror.edge:99999")]: "Invalid addresses: ['mirror.edge:99999']",
      [registry("quay.io", "url: mirror_edge!")]: "Invalid addresses: ['mirror_edge!']",
      [registry("quay.io", "url: mirror.local:5000")]: "must not end in .local",
      [registry("docker.io", "url: a.example").replace("docker_", "vault_docker_") + "\n    x: y"]:
        "docker.io has an unknown field 'x'",
      [registry("quay.io", "url: 1.2.3.400")]: "Invalid addresses: ['1.2.3.400']",
      "docker_registries: [docker.io]": "docker_registries must be a dictionary",
      "docker_registries:\n  docker.io: mirror.edge": "docker.io must be a dictionary",
    },
  },
  {
    name: "proxies and images",
    takes: [
      "docker_http_proxy: http://proxy:3128\ndocker_no_proxy: [localhost, 10.0.0.1, a.example]",
      "additional_local_registry_images:\n  - docker.io/library/busybox:1.36",
    ],
    refuses: {
      "docker_http_proxy: proxy:3128": "proxy:3128 is an invalid URL.",
      "docker_no_proxy: [10.0.0.0/8]": "Invalid addresses: ['10.0.0.0/8']",
      'docker_no_proxy:\n- "*.example"': "Invalid addresses: ['*.example']",
      "additional_local_registry_images: busybox":
        "additional_local_registry_images must be a list",
      "additional_local_registry_images: [busybox]": "must be fully qualified",
    },
  },
  {
    name: "passwords",
    takes: ["admin_password: 'Eight*88'"],
    refuses: {
      "admin_password: short": "admin_password must have at least 8 characters",
      "ansible_become_pass:": "Missing sudo password",
    },
  },
  {
    name: "certificates",
    takes: [
      "ssl_ca_cert: /etc/build.info",
      "etcd_root_ca_cert: /etc/build.info\netcd_root_ca_key: /etc/build.info",
    ],
    refuses: {
      "ssl_ca_cert: /nowhere.pem": "ssl_ca_cert file not found. (/nowhere.pem)",
      "ssl_ca_cert: etc/build.info": "ssl_ca_cert file not found.",
      "ssl_ca_cert: /etc": "ssl_ca_cert file not found.",
      "etcd_root_ca_cert: /etc/build.info": "must be provided together",
      "system_root_ca_cert: /etc/build.info": "must be provided together",
      "apiserver_oidc:\n  client_id: a": "must be all present or none",
    },
  },
  {
    name: "Calico, kernel and sizes",
    takes: [
      "calico_mtu: 9000",
      "calico_encapsulation: IPIP",
      "kernel: lowlatency",
      "docker_fs_size: 60",
    ],
    refuses: {
      "calico_mtu: 100": "Invalid calico_mtu '100'. Must be an integer between 576 and 9216.",
      "calico_encapsulation: GRE": "Invalid calico_encapsulation 'GRE'.",
      "calico_ippool_block_size_v4: 33": "Must be an integer between 20 and 32.",
      "kernel: realtime": "Invalid kernel.",
      "docker_fs_size: big": "docker_fs_size must be an integer",
    },
  },
  {
    name: "references to secrets",
    takes: [
      'admin_password: "{{ vault_admin_password }}"\nvault_admin_password: "Eight*88"',
      "docker_registries:\n  nowhere.io: {}\nvault_docker_registries:\n  docker.io:\n    url: a.example",
    ],
    refuses: {
      'admin_password: "{{ vault_admin_password }}"\nvault_admin_password: short':
        "admin_password must have at least 8 characters",
      'admin_password: "{{ vault_admin_password }}"': "'vault_admin_password' is undefined",
      "admin_password: \"{{ lookup('file', 'x') }}\"":
        "does not evaluate the template of admin_password",
      'name: "{{ name }}"': "does not evaluate the template of name",
      'name: "{{ dns_servers }}"\ndns_servers: [1.1.1.1]':
        "does not take the list dns_servers for name",
    },
  },
  {
    name: "YAML that is read, and YAML that is not skipped but refused",
    takes: [
      "---\n# a comment\ndescription: plain words # with a comment\n",
      'description: "quoted \\"words\\" # no comment\\n"',
      "description: 'it''s'",
      "apiserver_extra_volumes:\n- name: a\n  hostPath: /etc/a\n- name: b\n  hostPath: /etc/b",
      "user_dns_host_records:\n    a:\n        b: c\n    d:\n        e: f",
      "unknown_to_the_playbook: 1\nsystem_type: Standard",
    ],
    refuses: {
      "description: |\n  text": "the lab's script does not read |",
      "description: *anchor": "the lab's script does not read *anchor",
      "docker_registries: {docker.io: {}}": "the lab's script does not read {docker.io: {}}",
      "description: a: b": "the lab's script does not read a: b",
      'description: "open': "found unexpected end of a quoted string",
      "description: a\ndescription: b": "found duplicate key description",
      "\tdescription: a": "found a tab in the indentation",
      "description: a\n   more: b": "mapping values are not allowed here",
      "- item": "did not expect a list item",
      "just words": "could not find expected ':'",
      "description: a\n---\nname: b": "expected a single document",
      "dns_servers:\n-\n  8.8.8.8": "an item must stand on the line of its hyphen",
      'description: "a" b': "unexpected words behind a quoted string",
      'description: "\\q"': "unknown escape character",
    },
  },
];
