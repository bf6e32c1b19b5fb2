import fc from "fast-check";
import { deviceFromWire, deviceInputToWire, deviceWire } from "../../../api/wire/device";
import { idOfHref } from "../../../api/wire/href";

const ID = "6f1c9a3e-97c7-4a0c-9a3c-0d9a2f4c1b11";
const KNOWN = Object.keys(deviceWire.shape);
const text = fc.string({ unit: "grapheme" });

/** What a user may say of a device, as the API takes it and gives it back. */
const input = fc.record({
  hostname: text,
  plan: fc.constant("c3.large.arm64"),
  metro: fc.constant("da"),
  operatingSystem: fc.constant("debian_13"),
  tags: fc.array(text),
  description: text,
  userdata: text,
  customdata: fc.dictionary(text, fc.jsonValue()),
  alwaysPxe: fc.boolean(),
  ipxeScriptUrl: fc.webUrl(),
  locked: fc.boolean(),
  billingCycle: fc.constantFrom("hourly", "daily"),
});

test("deviceFromWire() gives back what deviceInputToWire() sent", () => {
  fc.assert(
    fc.property(input, (wanted) => {
      const sent = JSON.parse(JSON.stringify(deviceInputToWire(wanted))) as Record<string, unknown>;
      const answer = {
        ...sent,
        id: ID,
        state: "queued",
        plan: { slug: sent.plan },
        operating_system: { slug: sent.operating_system },
        metro: { code: "DA" },
      };

      const device = deviceFromWire(deviceWire.parse(answer));

      const { customdata, ...rest } = wanted;
      expect(device).toMatchObject(rest);
      expect(JSON.stringify(device.customdata)).toBe(JSON.stringify(customdata));
    }),
  );
});

test("deviceFromWire() keeps a key of custom data that JavaScript thinks is special", () => {
  const text = '{"__proto__":{"a":1}}';
  const wire = deviceWire.parse({
    id: ID,
    state: "active",
    customdata: JSON.parse(text) as object,
  });

  expect(JSON.stringify(deviceFromWire(wire).customdata)).toBe(text);
});

test("deviceWire tolerates any unknown key, and loses it", () => {
  const strange = fc.dictionary(
    fc.string().filter((it) => !KNOWN.includes(it) && it !== "__proto__"),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(strange, (extra) => {
      const plain = deviceFromWire(deviceWire.parse({ id: ID, state: "active" }));

      expect(deviceFromWire(deviceWire.parse({ ...extra, id: ID, state: "active" }))).toEqual(
        plain,
      );
    }),
  );
});

test("deviceWire needs id and state, and nothing else", () => {
  expect(deviceWire.safeParse({ id: ID }).success).toBe(false);
  expect(deviceWire.safeParse({ id: "", state: "active" }).success).toBe(false);
  expect(deviceWire.safeParse({ id: ID, state: "active" }).success).toBe(true);
});

test("deviceFromWire() reads references where objects are not expanded", () => {
  const wire = deviceWire.parse({
    id: ID,
    state: "active",
    plan: { href: "/plans/p1" },
    project_lite: { href: "/metal/v1/projects/pr1" },
    facility: { metro: { code: "SV" } },
    hardware_reservation: { href: "/hardware-reservations/h1" },
    ssh_keys: [{ href: "/ssh-keys/k1" }],
  });

  expect(deviceFromWire(wire)).toMatchObject({
    plan: "p1",
    projectId: "pr1",
    metro: "sv",
    hardwareReservationId: "h1",
    sshKeyIds: ["k1"],
    shortId: "6f1c9a3e",
  });
});

test.each([
  ["/devices/a", "a"],
  ["/metal/v1/devices/a/", "a"],
  ["https://h/x/a?include=b", "a"],
  ["#a", ""],
  ["", ""],
])("idOfHref() of %j", (href, id) => {
  expect(idOfHref(href)).toBe(id);
});
