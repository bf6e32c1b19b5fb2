/** Section 1.4: the limiter, and the two eras of placement. */
import { z } from "zod";
import { useLab } from "../support/contract-lab";
import { PLACEMENT, makeProject } from "../support/contract-steps";

const facilityList = z.looseObject({
  facilities: z.array(z.looseObject({ code: z.string() })).min(1),
});

const LIMIT = 5;
const limited = useLab({ rateLimit: { requests: LIMIT, windowSeconds: 60 } });
const classic = useLab({
  era: "classic",
  timeScale: 0,
  faults: [{ kind: "provision-slow", seconds: 3600, times: "always" }],
});
const today = useLab({ timeScale: 0 });

test("C-019 S the limiter counts in its headers, then answers 429 with Retry-After", async () => {
  const answers = [];
  for (let n = 0; n <= LIMIT; n += 1) answers.push(await limited.api.get("/user"));

  const left = answers.map((it) => Number(it.headers.get("x-ratelimit-remaining") ?? "missing"));
  expect(left.slice(0, LIMIT)).toEqual([4, 3, 2, 1, 0]);
  for (const { headers } of answers) {
    expect(headers.get("x-ratelimit-limit")).toBe(String(LIMIT));
    const reset = Number(headers.get("x-ratelimit-reset"));
    expect(Math.abs(reset - Date.now() / 1_000)).toBeLessThanOrEqual(61);
  }
  const refused = answers.at(-1)?.is(429);
  expect(refused?.errors.length).toBeGreaterThan(0);
  expect(refused?.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
});

test("C-020 S placement by facility is refused today, and was accepted with a warning", async () => {
  const { metro: _, ...rest } = PLACEMENT;
  const { facilities } = (await classic.api.get("/facilities")).is(200).as(facilityList);
  const body = { ...rest, no_ssh_keys: true, facility: facilities[0]?.code };
  const old = await makeProject(classic.api);
  const now = await makeProject(today.api);

  const accepted = (await classic.api.post(`${old.href}/devices`, body)).is(201);
  const refused = (await today.api.post(`${now.href}/devices`, body)).is(422);

  expect(accepted.headers.get("deprecation")).toBeTruthy();
  expect(accepted.headers.get("sunset")).toBeTruthy();
  expect(refused.errors.join()).toMatch(/facilit/i);
});
