/** What plays render, judged by its real readers: containerd, dockerd and systemd of Debian's packages. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { addDaemonOptions } from "../../../constructs/mirrors/daemon-options";
import { Templar, type VariableScope } from "../../../playbooks/runner/template/templar";

const plays = path.join(__dirname, "..", "..", "..", "playbooks", "plays");
const folder = mkdtempSync(path.join(tmpdir(), "rendered-"));

function render(file: string, vars: Readonly<Record<string, unknown>>): string {
  const scope: VariableScope = {
    find: (root, below) => {
      let value: unknown = vars[root];
      for (const key of below)
        value = (value as Record<string | number, unknown> | undefined)?.[key];
      return value === undefined ? { found: false, reason: root } : { found: true, value };
    },
    findOfHost: () => ({ found: false, reason: "no other host" }),
  };
  return new Templar().render(readFileSync(path.join(plays, file), "utf8"), scope);
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

test.each(["systemd", "runit"])(
  "containerd reads its configuration on nodes with %s",
  (manager) => {
    const [, line = ""] =
      /v?([12])\.\d+/.exec(execFileSync("containerd", ["--version"], { encoding: "utf8" })) ?? [];
    const text = render("kubeadm/templates/containerd.toml.j2", {
      kubeadm_containerd: { version: `${line}.7.0` },
      kubeadm_pause_image: "registry.k8s.io/pause:3.10",
      ansible_service_mgr: manager,
    });
    const file = write("containerd.toml", text);

    const dump = execFileSync("containerd", ["--config", file, "config", "dump"], {
      encoding: "utf8",
    });

    expect(dump).toMatch(/^\s*sandbox(_image)? = ['"]registry\.k8s\.io\/pause:3\.10['"]$/m);
    expect(dump).toMatch(/config_path = ['"]\/etc\/containerd\/certs\.d['"]/);
    expect(dump).toContain(`SystemdCgroup = ${String(manager === "systemd")}`);
    expect(dump).toMatch(/BinaryName = ['"]\/usr\/local\/sbin\/runc['"]/);
  },
);

test("dockerd knows the keys of daemon.json, and refuses one that is a flag too: why AS1240 is a rule", () => {
  const options = { "live-restore": true, "log-opts": { "max-size": "1m" }, mtu: 1450 };
  const [file] = addDaemonOptions([], options);
  const json = write("daemon.json", file?.content ?? "");

  // It stops at the flag, once it has read the whole file: older ones cannot be asked to validate only.
  const { status, stderr } = spawnSync("dockerd", ["--config-file", json, "--mtu=1450"], {
    encoding: "utf8",
    timeout: 20_000,
  });

  expect(status).toBe(1);
  expect(stderr).toMatch(/both as a flag and in the configuration file: mtu/);
  expect(stderr).not.toContain("don't match any configuration option");
});

test.each([
  ["docker/templates/docker.service.j2", {}],
  ["k3s/templates/k3s.service.j2", { k3s_is_server: true }],
  ["k3s/templates/k3s.service.j2", { k3s_is_server: false }],
  ["kubeadm/templates/containerd.service.j2", {}],
  ["kubeadm/templates/kubelet.service.j2", {}],
])("systemd reads %s with %j", (file, vars) => {
  // Programs that are there, as only the unit is judged.
  const text = render(file, vars).replace(/\/usr\/local\/bin\/\w+/g, "/bin/true");
  const unit = write(`${path.basename(file, ".service.j2")}-unit.service`, text);

  const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", unit], {
    encoding: "utf8",
  });

  expect([status, stderr.split("\n").filter((it) => it.includes("-unit.service"))]).toEqual([
    0,
    [],
  ]);
});
