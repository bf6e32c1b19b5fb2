/** Secret variables: on their way to the nodes they are written nowhere. */
import path from "node:path";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { ArmCluster, type BootstrapProps, MetalSubstrate } from "../../constructs";
import { clusterFolder, clusterText, loadText } from "../support/cluster-folder";
import { faultsOf } from "../support/faults-of";
import { synth, synthConfig, type Synthesized } from "../support/synth";
import { validate } from "../support/validated";

const key = path.join(clusterFolder(""), "key.pub");
const FILE = clusterText("bootstrap: { secretVars: [db_password, api_key], secretVarsVersion: 3 }");

function add(stack: TerraformStack, bootstrap: BootstrapProps, id = "edge"): void {
  new ArmCluster(stack, id, {
    substrate: new MetalSubstrate({ project: "demo", metro: "da", capacity: ["c3.large.arm64"] }),
    access: { sshKeys: [key] },
    bootstrap,
  }).addNodePool("m", { role: "worker", count: 1 });
}

function secret(stack: TerraformStack): string {
  const given = { type: "string", sensitive: true };
  return new TerraformVariable(stack, "db", given).stringValue;
}

test("secretVars go to Terraform as write-only variables, with a version", () => {
  const vars = (more: BootstrapProps) =>
    synth((stack) => {
      const it = secret(stack);
      add(stack, { secretVars: { db_password: it, url: `db:${it}@{` }, ...more });
    }).resource.armstead_playbook?.edge_bootstrap;

  expect(vars({})).toMatchObject({
    secret_vars: { db_password: "${var.db}", url: 'db:${var.db}${"@\\u007b"}' },
    secret_vars_version: 1,
  });
  expect(vars({ secretVarsVersion: 7 })).toMatchObject({ secret_vars_version: 7 });
});

test("secretVars of code may be names, as in a file: each is an ephemeral variable of Terraform", () => {
  const file = JSON.parse(synthConfig(loadText(FILE).config)) as Synthesized;
  const { variable, resource } = synth((stack) => {
    add(stack, { secretVars: ["db_password", "api_key"], secretVarsVersion: 3 });
  });

  const { secret_vars, secret_vars_version } =
    file.resource.armstead_playbook?.edge_bootstrap ?? {};
  expect(Object.keys(variable ?? {})).toEqual(["api_key", "db_password"]);
  expect(variable).toMatchObject({ api_key: { ephemeral: true, type: "string" } });
  expect(resource.armstead_playbook?.edge_bootstrap).toMatchObject({
    secret_vars,
    secret_vars_version,
  });
});

test("a name of a secret variable is no token", () => {
  const build = () =>
    synth((stack) => {
      add(stack, { secretVars: ["a", secret(stack)] });
    });

  expect(build).toThrow(/AS1604 {2}bootstrap.secretVars\[1\]/);
});

test("a cluster without secret variables says nothing of them", () => {
  const { resource } = synth((stack) => {
    add(stack, {});
  });

  expect(resource.armstead_playbook?.edge_bootstrap).not.toHaveProperty("secret_vars");
  expect(resource.armstead_playbook?.edge_bootstrap).not.toHaveProperty("secret_vars_version");
});

test("a secret that stands in the program is refused, and not shown", () => {
  const faults = faultsOf(() =>
    synth((stack) => {
      add(stack, { secretVars: { a: "hunter2", b: secret(stack), c: "" } });
    }),
  );

  expect(faults.map(({ code, path: at }) => `${code} ${at}`)).toEqual([
    "AS1605 bootstrap.secretVars.a",
    "AS1605 bootstrap.secretVars.c",
  ]);
  expect(JSON.stringify(faults)).not.toContain("hunter2");
});

test("a secret variable is named as other variables are, and only once", () => {
  const build = () =>
    synth((stack) => {
      const it = secret(stack);
      add(stack, { secretVars: { both: it }, vars: { both: 1 } });
      add(stack, { secretVars: { "a-b": it } }, "other");
    });

  expect(build).toThrow(/AS1214 {2}bootstrap.secretVars: another variable has the name "both"/);
  expect(build).toThrow(/AS1209 {2}bootstrap.secretVars: malformed secretVars\[0\] "a-b"/);
});

test("in a cluster file secretVars are names: each is an ephemeral variable of Terraform", () => {
  const { variable, resource } = JSON.parse(synthConfig(loadText(FILE).config)) as Synthesized;

  const declared = { type: "string", sensitive: true, ephemeral: true, nullable: false };
  expect(variable).toMatchObject({ db_password: declared, api_key: declared });
  expect(resource.armstead_playbook?.edge_bootstrap).toMatchObject({
    secret_vars: { db_password: "${var.db_password}", api_key: "${var.api_key}" },
    secret_vars_version: 3,
  });
});

test("vaultPasswords go to Terraform as write-only variables, by their labels", () => {
  const file = clusterText("bootstrap: { vaultPasswords: [default, prod] }");
  const { variable, resource } = JSON.parse(synthConfig(loadText(file).config)) as Synthesized;
  const declared = { type: "string", sensitive: true, ephemeral: true, nullable: false };
  const faults = faultsOf(() =>
    synth((stack) => {
      add(stack, { vaultPasswords: { default: "hunter2", prod: secret(stack) } });
    }),
  );

  expect(variable).toMatchObject({
    vault_password_default: declared,
    vault_password_prod: declared,
  });
  expect(resource.armstead_playbook?.edge_bootstrap).toMatchObject({
    vault_passwords: {
      default: "${var.vault_password_default}",
      prod: "${var.vault_password_prod}",
    },
  });
  expect(faults.map(({ code, path: at }) => `${code} ${at}`)).toEqual([
    "AS1605 bootstrap.vaultPasswords.default",
  ]);
  expect(JSON.stringify(faults)).not.toContain("hunter2");
});

test("two clusters of a stack share a secret of one name", () => {
  const { variable, resource } = synth((stack) => {
    for (const id of ["a", "b"]) ArmCluster.fromConfig(stack, id, loadText(FILE).config);
  });

  expect(Object.keys(variable ?? {})).toEqual(["api_key", "db_password"]);
  expect(resource.armstead_playbook?.b_bootstrap?.secret_vars).toMatchObject({
    db_password: "${var.db_password}",
  });
});

test.each([
  ["[db_password, db_password]", "AS1214"],
  ["[seen]", "AS1214"],
  ["[a-b]", "AS1209"],
  ["[version]", "AS1209"],
  ["{ a: b }", "AS1205"],
])("a cluster file with secretVars: %s is refused with %s", (secretVars, code) => {
  const file = clusterText(`bootstrap: { vars: { seen: 1 }, secretVars: ${secretVars} }`);

  expect(faultsOf(() => loadText(file)).map((it) => it.code)).toEqual([code]);
});

test("a stack with secret variables is valid for terraform and the provider", () => {
  const { config } = loadText(FILE);

  const result = validate((stack) => ArmCluster.fromConfig(stack, "edge", config));

  expect(result).toMatchObject({ valid: true, diagnostics: [] });
});
