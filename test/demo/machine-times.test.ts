/** Seconds by machine, from lines as terraform and cdktf print them. */
import { readDone } from "../../demo/machine-times";

test.each([
  [
    'etcd-edge  armstead_device.etcd-edge_members["members-2"]: Creation complete after 12s [id=b20389af]',
    { name: "armstead_device members-2", seconds: 12 },
  ],
  [
    "etcd-edge  armstead_playbook.etcd-edge_bootstrap: Creation complete after 1m32s [id=e50e1775]",
    { name: "armstead_playbook", seconds: 92 },
  ],
  [
    "armstead_claim.etcd-edge_claim: Creation complete after 0s [id=8ea6a429]",
    { name: "armstead_claim", seconds: 0 },
  ],
  [
    'armstead_device.edge_workers["workers-0"]: Modifications complete after 10m0s [id=1]',
    { name: "armstead_device workers-0", seconds: 600 },
  ],
  [
    'armstead_ssh_key.edge_access["id_ed25519-22c29235"]: Destruction complete after 2s',
    { name: "armstead_ssh_key id_ed25519-22c29235", seconds: 2 },
  ],
  [
    'module.site.armstead_device.nodes["tower.a b"]: Creation complete after 3s [id=1]',
    { name: "armstead_device tower.a b", seconds: 3 },
  ],
])("readDone(%j)", (line, took) => {
  expect(readDone(line)).toEqual(took);
});

test.each([
  "",
  'armstead_device.edge_members["members-0"]: Creating...',
  'armstead_device.edge_members["members-0"]: Still creating... [10s elapsed]',
  'armstead_device.edge_members["members-0"]: Refreshing state... [id=1]',
  'armstead_device.edge_members["members-0"]: Creation errored after 5s',
  "Apply complete! Resources: 8 added, 0 changed, 0 destroyed.",
  "null_resource.other: Creation complete after 5s [id=1]",
  "armstead_device.edge: Creation complete after a while",
  "armstead_device".repeat(5_000),
])("readDone() has nothing to tell of line %#", (line) => {
  expect(readDone(line)).toBeUndefined();
});
