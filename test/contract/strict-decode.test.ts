/**
 * C-121 itself. Every answer of the exam is decoded strictly on its way through the client; here it is
 * shown that the decoder would notice, and that each reading endpoint was decoded at least once.
 */
import { z } from "zod";
import { useLab, strictDecoder } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import {
  makeActiveDevice,
  makeProject,
  newPublicKey,
  portOf,
  readDevice,
} from "../support/contract-steps";

const lab = useLab({ timeScale: 0 });

const organizations = z.looseObject({ organizations: z.array(wire.reference).min(1) });
const metros = z.looseObject({ metros: z.array(z.looseObject({ id: z.string() })).min(1) });

test("C-121 S every reading endpoint answers what a strict decoder reads, with all includes and none", async () => {
  const { api } = lab;
  const { href: project, id: projectId } = await makeProject(api, "decode");
  const key = { label: "k", key: newPublicKey().line };
  const sshKey = (await api.post(`${project}/ssh-keys`, key)).is(201).as(wire.sshKey);
  (await api.post(`${project}/api-keys`, { description: "d" })).is(201);
  const device = await makeActiveDevice(api, projectId, { no_ssh_keys: false });
  const vlan = (await api.post(`${project}/virtual-networks`, { metro: "da" }))
    .is(201)
    .as(wire.vlan);
  const bond = `/ports/${portOf(device, "bond0").id}`;
  (await api.post(`${bond}/assign`, { vnid: vlan.id })).is(200);
  const body = { type: "public_ipv4", quantity: 2, metro: "da" };
  const block = (await api.post(`${project}/ips`, body)).is(201).as(wire.reservation);
  const [organization] = (await api.get("/organizations")).as(organizations).organizations;
  const [metro] = (await api.get("/locations/metros")).as(metros).metros;
  const paths = [
    "/user",
    "/projects?include=organization,members,ssh_keys,devices",
    `${project}?include=devices.plan,ssh_keys&exclude=organization`,
    "/organizations",
    organization?.href ?? "",
    `${organization?.href ?? ""}/projects`,
    "/ssh-keys",
    `${project}/ssh-keys`,
    `${sshKey.href}?include=entity`,
    "/user/api-keys",
    `${project}/api-keys`,
    "/plans?include=available_in,available_in_metros",
    `${project}/plans`,
    "/operating-systems",
    "/operating-system-versions",
    "/facilities?include=metro",
    `${project}/facilities`,
    "/locations/metros",
    `/locations/metros/${metro?.id ?? ""}`,
    "/capacity",
    "/capacity/metros",
    `${project}/devices?include=project,plan,metro,facility,hardware_reservation`,
    `${device.href}?include=project,ssh_keys,network_ports.virtual_networks,ip_addresses`,
    `${device.href}?exclude=plan,operating_system,facility,metro`,
    `${device.href}/ssh-keys`,
    `${device.href}/events`,
    `${device.href}/metadata`,
    `${device.href}/userdata`,
    `${device.href}/customdata`,
    `${device.href}/ips`,
    `${project}/ips`,
    `${block.href}?include=project,assignments`,
    `${block.href}/available?cidr=32`,
    device.ip_addresses[0]?.href ?? "",
    `${project}/virtual-networks?include=instances,metro`,
    `${vlan.href}?include=instances,assigned_to`,
    `${bond}?include=virtual_networks,native_virtual_network`,
    `${bond}/vlan-assignments`,
    `${bond}/vlan-assignments/batches`,
  ];

  for (const path of paths) (await api.get(path)).is(200);

  expect(api.answers).toBeGreaterThan(paths.length);
  if (strictDecoder === undefined) return;
  const good = { method: "GET", path: device.href, status: 200 };
  const read = await readDevice(api, device.id);
  expect(strictDecoder.faultsOf({ ...good, body: read })).toEqual([]);
  const spoilt = [
    { ...read, state: "resting" },
    { ...read, id: "1" },
    { ...read, tags: "a" },
    { ...read, project_lite: {} },
    { ...read, created_by: { id: read.id } },
    { ...read, facility: { address: { address: "Main Street 1" } } },
  ];
  for (const it of spoilt) expect(strictDecoder.faultsOf({ ...good, body: it })).not.toEqual([]);
  expect(strictDecoder.faultsOf({ ...good, status: 206, body: read })).not.toEqual([]);
});
