/**
 * Section 5.1: devices that are refused, one file an item: what is asked, what the answer says, and
 * that nothing was made. Where an item also names what is accepted, the file holds that too.
 */
import path from "node:path";
import { loadCases } from "../support/cases";
import { useLab } from "../support/contract-lab";
import * as wire from "../support/contract-objects";
import { PLACEMENT, makeDevice, makeProject, readDevice } from "../support/contract-steps";

interface Refusal {
  readonly body: Readonly<Record<string, unknown>>;
  /** Fields of the usual body that are left out. */
  readonly without?: readonly string[];
  /** Pattern of one of the errors. */
  readonly says: string;
}

interface Case {
  readonly refuses: string;
  readonly requests: readonly Refusal[];
  /** Bodies that are accepted, with what they read back as. @default - none */
  readonly accepts?: readonly (Readonly<Record<string, unknown>> & { readonly reads?: object })[];
}

const lab = useLab({
  timeScale: 0,
  faults: [{ kind: "provision-slow", seconds: 3600, times: "always" }],
});

let project: wire.Project;
beforeAll(async () => {
  project = await makeProject(lab.api, "refused");
});

const cases = loadCases<Case>(path.join(__dirname, "device-refused"));

test.each(cases)("$name S refuses $refuses", async ({ requests, accepts = [] }) => {
  const devices = `${project.href}/devices`;
  const count = async () => (await lab.api.get(devices)).is(200).as(wire.devices).meta.total;
  const before = await count();

  for (const { body, without = [], says } of requests) {
    const full = Object.entries({ ...PLACEMENT, no_ssh_keys: true, ...body });
    const sent = Object.fromEntries(full.filter(([key]) => !without.includes(key)));
    const { errors } = (await lab.api.post(devices, sent)).is(422);
    expect(errors).toContainEqual(expect.stringMatching(new RegExp(says, "i")));
  }
  expect(await count()).toBe(before);

  for (const { reads = {}, ...body } of accepts) {
    const { id } = await makeDevice(lab.api, project.id, body);
    expect(await readDevice(lab.api, id)).toMatchObject({ ...body, ...reads });
  }
  expect(await count()).toBe(before + accepts.length);
});

test("section 5.1: userdata is checked beforehand by the same rule", async () => {
  const validate = async (text: string) =>
    lab.api.post(`/userdata/validate?userdata=${encodeURIComponent(text)}`);

  for (const text of ["#!/bin/sh\n", "#cloud-config\n", '{"ignition": {}}'])
    (await validate(text)).is(204);
  expect((await validate("echo hello")).is(422).errors).toEqual([
    "Userdata unrecognized userdata format",
  ]);
});
