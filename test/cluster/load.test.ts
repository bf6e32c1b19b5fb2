import path from "node:path";
import { type Fault, formatFault, UserFault } from "../../core/faults";
import { readCluster } from "../../stacks";
import { loadCases } from "../support/cases";
import { clusterFolder, clusterText, loadText } from "../support/cluster-folder";

interface Case {
  /** Lines of the file. */
  readonly yaml: readonly string[];
  /** `line:column code place`, in the order of the file. */
  readonly faults: readonly string[];
  readonly warnings?: readonly string[];
  /** Why there is no fault. */
  readonly noop?: string;
}

const cases = loadCases<Case>(path.join(__dirname, "load"));

test.each(cases)("loadCluster() $name", ({ yaml, faults, warnings = [], noop }) => {
  const found = load(`${yaml.join("\n")}\n`);

  expect(found.faults.map(say)).toEqual(faults);
  expect(found.warnings.map(say)).toEqual(warnings);
  expect(noop !== undefined).toBe(faults.length === 0);
});

test("loadCluster() tells a fault in the form that users know from compilers", () => {
  const text = clusterText().replace("role: worker", "role: woker");

  const [fault] = load(text).faults;

  expect(fault && formatFault(fault)).toBe(
    'cluster.yaml:8:28  AS1203  pool "workers": unknown role "woker"; allowed: control-plane, worker, storage, controller, etcd-member, etcd-proxy; did you mean "worker"?',
  );
});

test("loadCluster() fills in what depends on the endpoint", () => {
  const lab = loadText(clusterText()).config;
  const text = clusterText().replace(
    "project: demo",
    "project: demo, endpoint: https://api.example",
  );
  const cloud = loadText(text.replace(/^deployment.*$/m, "")).config;

  expect(lab.access.port).toBe(2222);
  expect(lab.substrate.metal).toMatchObject({ endpoint: "lab", createProject: true });
  expect(lab.image).toEqual({ family: "debian", release: "13" });
  expect(cloud.access.port).toBe(22);
  expect(cloud.substrate.metal.createProject).toBe(false);
});

test("loadCluster() reads what the file refers to, and leaves names of people and machines out", () => {
  const mirrors = '[{ registry: quay.io, endpoints: [{ url: "https://m", ca: ./ca.pem }] }]';
  const more = `bootstrap: { plays: [./site.yml] }\nregistries: { mirrors: ${mirrors} }`;

  const { access, bootstrap, registries } = loadText(clusterText(more)).config;

  expect(access.sshKeys[0]?.line).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]+$/);
  expect(access.privateKey?.written).toBe("./key");
  expect(bootstrap.plays[0]?.files).toEqual({ "files/motd": "hello\n" });
  expect(registries.mirrors[0]?.endpoints[0]?.ca?.pem).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
});

test("loadCluster() finds paths with ~ in the home folder, also the private key's", () => {
  const folder = clusterFolder(clusterText().replace("./key.pub", "~/key.pub"));

  const { config } = readCluster("cluster.yaml", { environment: { HOME: folder }, folder });

  expect(config.access.privateKey).toEqual({
    written: "~/key",
    absolute: path.join(folder, "key"),
  });
});

test("loadCluster() takes no private key's path when keys come from an agent", () => {
  const text = clusterText().replace("[./key.pub]", "[./key.pub], privateKey: agent");

  expect(loadText(text).config.access.privateKey).toBeUndefined();
});

test("loadCluster() names a cluster file that is not there as the user named it", () => {
  const load = (): unknown => readCluster("none.yaml", { environment: {}, folder: "/" });

  expect(load).toThrow('AS1211  a file cannot be read "none.yaml"; there is no such file');
});

test("loadCluster() never shows a password", () => {
  const text = clusterText().replace(
    "metro:",
    'endpoint: "https://me:hunter2@api.example", metro:',
  );

  expect(load(text).faults.map(formatFault).join()).not.toContain("hunter2");
});

function load(text: string): { faults: readonly Fault[]; warnings: readonly Fault[] } {
  try {
    return { faults: [], warnings: loadText(text).warnings };
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    return { faults: error.faults, warnings: [] };
  }
}

function say({ position, code, path: place }: Fault): string {
  return `${position?.line}:${position?.column} ${code} ${place}`.trim();
}
