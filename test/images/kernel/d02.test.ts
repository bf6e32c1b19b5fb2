/** The HiSilicon D02 of 2016: our verdicts are those that Docker's own check printed on the board. */
import recorded from "./d02.json";
import { judgeKernel } from "../../../images/kernel/judge";
import type { CgroupVersion } from "../../../images/kernel/requirements/requirement";
import { namesRealtime } from "../../../images/kernel/requirements/realtime";
import { REQUIREMENT_SETS } from "../../../images/kernel/requirements/sets";
import { configOf, factsOf } from "./kernel-of";

const VERDICTS: Readonly<Record<string, string>> = { y: "built-in", m: "module" };
/** Asked by Docker 1.10 only, for a storage driver that is gone. */
const NOBODY_ASKS = ["DM_THIN_PROVISIONING"];

test("judgeKernel() says of each option of the D02 what was printed on the board", () => {
  const { options, release, cgroup } = recorded;
  const facts = factsOf(release, cgroup as CgroupVersion);
  const items = Object.values(REQUIREMENT_SETS).flatMap(
    (set) => judgeKernel(set, configOf(options), facts).items,
  );

  const judged = Object.keys(options).map((option) => {
    const { verdict } = items.find(({ name }) => name.split(" or ").includes(option)) ?? {};
    return [option, verdict];
  });

  const wanted = Object.entries(options).map(([option, value]) => {
    if (NOBODY_ASKS.includes(option)) return [option, undefined];
    // It was never part of Linux: its absence is no fault of the kernel.
    return [option, option === "AUFS_FS" ? "not-applicable" : VERDICTS[value]];
  });
  expect(judged).toEqual(wanted);
  expect(judged.length).toBe(52);
});

test("judgeKernel() misses nothing on the D02 that its check had asked", () => {
  const config = configOf({ ...recorded.options, KEYS: "y" });
  const facts = factsOf(recorded.release, 1);

  const { items } = judgeKernel(REQUIREMENT_SETS.docker, config, facts);
  const missing = items.filter((it) => it.verdict === "missing" && it.need === "required");

  // What Docker has begun to ask since.
  expect(missing.map(({ name }) => name)).toEqual([
    ...["IP_NF_MANGLE", "IP6_NF_FILTER", "IP6_NF_MANGLE", "IP6_NF_TARGET_MASQUERADE"],
    ...["NETFILTER_XT_MATCH_IPVS", "NETFILTER_XT_MARK"],
    ...["IP_NF_RAW", "IP_NF_NAT", "IP6_NF_RAW", "IP6_NF_NAT"],
  ]);
  expect(namesRealtime(recorded.unameVersion)).toBe(false);
});
