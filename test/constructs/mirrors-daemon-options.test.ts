/** dockerd's options and its mirrors in one daemon.json. */
import { addDaemonOptions } from "../../constructs/mirrors/daemon-options";
import { renderDockerd } from "../../constructs/mirrors/dockerd";
import { Templar } from "../../playbooks/runner/template/templar";

const mirrors = renderDockerd([
  {
    registry: "docker.io",
    endpoints: [{ url: "http://mirror.example:5000", mode: "fallback", insecure: false }],
  },
]);
const other = { path: "/etc/containerd/certs.d/quay.io/hosts.toml", content: "x\n" };

test("without options the files of mirrors stay as they are", () => {
  expect(addDaemonOptions([...mirrors, other])).toEqual([...mirrors, other]);
});

test("options make the file where no mirror needs it, sorted by key", () => {
  expect(addDaemonOptions([other], { mtu: 1450, debug: true })).toEqual([
    other,
    { path: "/etc/docker/daemon.json", content: '{\n  "debug": true,\n  "mtu": 1450\n}\n' },
  ]);
});

test("options and mirrors are in one file, and lists that both have are joined", () => {
  const [file] = addDaemonOptions(mirrors, {
    "live-restore": true,
    "insecure-registries": ["r.example:5000", "mirror.example:5000"],
  });

  expect(JSON.parse(file?.content ?? "")).toEqual({
    "insecure-registries": ["r.example:5000", "mirror.example:5000"],
    "live-restore": true,
    "registry-mirrors": ["http://mirror.example:5000"],
  });
});

test("docker's own templates come through those of plays", () => {
  const options = { "log-opts": { tag: "{{.Name}}/{{.ID}} {% x %} {# y #}" } };
  const [file] = addDaemonOptions([], options);
  const nothing = { found: false, reason: "there are none" } as const;
  const scope = { find: () => nothing, findOfHost: () => nothing };

  const rendered = new Templar().render(file?.content ?? "", scope);

  expect(JSON.parse(rendered)).toEqual(options);
});
