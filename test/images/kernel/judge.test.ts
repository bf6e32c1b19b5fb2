import * as fc from "fast-check";
import { KernelConfig } from "../../../images/kernel/config/kernel-config";
import { judgeKernel, judgeRequirement } from "../../../images/kernel/judge";
import type {
  Condition,
  KernelFacts,
  OptionRequirement,
  Requirement,
} from "../../../images/kernel/requirements/requirement";
import { namesRealtime } from "../../../images/kernel/requirements/realtime";
import { REQUIREMENT_SETS } from "../../../images/kernel/requirements/sets";
import { configOf, factsOf, namesOf } from "./kernel-of";

const sets = Object.values(REQUIREMENT_SETS);
const every = sets.flatMap(({ name, requirements }) =>
  requirements.map((requirement) => ({ set: name, requirement, name: requirement.name })),
);
const byOptions = every.flatMap(({ set, name, requirement }) =>
  requirement.kind === "options" ? [{ set, name, requirement }] : [],
);
const named = [...new Set(byOptions.flatMap((it) => it.requirement.alternatives.flat()))];

test("the tables: how many cases each item gives", () => {
  const counts = sets.map(({ name, requirements }) => `${name} ${requirements.length}`);
  process.stderr.write(
    `kernel requirements: ${counts.join(", ")}; ${named.length} options, ` +
      `${every.length} accepting and ${every.length} rejecting cases\n`,
  );

  expect(every.length).toBeGreaterThan(180);
});

test("no set asks the same twice", () => {
  for (const { requirements } of sets) {
    const names = requirements.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  }
});

test.each(byOptions)("$set accepts a kernel with $name, each way to have it", ({ requirement }) => {
  const facts = askingFacts(requirement);
  for (const group of requirement.alternatives) {
    const [first = ""] = group;
    const builtIn = Object.fromEntries(group.map((it) => [it, "y"]));

    expect(verdict(requirement, { ...asking(requirement), ...builtIn }, facts)).toBe("built-in");
    const asModule = { ...asking(requirement), ...builtIn, [first]: "m" };
    expect(verdict(requirement, asModule, facts)).toBe("module");
  }
});

test.each(byOptions)(
  "$set rejects a kernel without $name, however it is told",
  ({ requirement }) => {
    const facts = askingFacts(requirement);
    const never = requirement.obsolete !== undefined && requirement.obsolete.from === undefined;
    const groups = requirement.alternatives;

    const told = ["n", '"y"', "1", ""].map((value) =>
      Object.fromEntries(groups.flat().map((it) => [it, value])),
    );
    const others = Object.fromEntries(
      named
        .filter((it) => !groups.flat().includes(it) && !isExcuse(requirement, it))
        .map((it) => [it, "y"]),
    );
    const halves = groups
      .filter((it) => it.length > 1)
      .flatMap((group) => group.map((it) => ({ [it]: "y" })))
      .filter((it) => !groups.some((group) => group.every((option) => option in it)));

    for (const options of [{}, others, ...told, ...halves]) {
      expect(verdict(requirement, { ...asking(requirement), ...options }, facts)).toBe(
        never ? "not-applicable" : "missing",
      );
    }
  },
);

test.each([
  ["docker", "MEMCG_SWAP", "6.0", "6.1"],
  ["k3s", "INET_XFRM_MODE_TRANSPORT", "5.3", "5.4"],
] as const)("%s asks %s up to %s, and not from %s on", (set, option, last, first) => {
  const config = configOf({ ARM64: "y" });

  expect(namesOf(set, "missing", config, factsOf(last))).toContain(option);
  expect(namesOf(set, "not-applicable", config, factsOf(first))).toContain(option);
  expect(namesOf(set, "built-in", configOf({ [option]: "y" }), factsOf(first))).toContain(option);
});

test.each(every.filter(({ requirement }) => requirement.when))(
  "$set does not ask $name where its condition does not hold",
  ({ requirement }) => {
    for (const facts of excusingFacts(requirement.when)) {
      expect(verdict(requirement, {}, facts)).toBe("not-applicable");
    }
    const option = requirement.when?.without?.option;
    if (option !== undefined) {
      expect(verdict(requirement, { [option]: "y" }, factsOf("6.12"))).toBe("not-applicable");
    }
    if (requirement.when?.architecture !== undefined) {
      expect(verdict(requirement, { ARM64: "y" }, factsOf("6.12"))).toBe("not-applicable");
    }
  },
);

test.each([
  ["3.10", false],
  ["4.19.300", false],
  ["5.3.18", false],
  ["5.4.0", true],
  ["5.4", true],
  ["5.5.1", false],
  ["5.10.233+deb11-arm64", true],
  ["5.14.0-503.el9.aarch64", false],
  ["5.15.27-linuxkit", true],
  ["5.19", false],
  ["6.0.0", true],
  ["6.12.117+deb13-rt-arm64", true],
  ["10.0", true],
])("k8s judges the version %s", (release, met) => {
  const missing = namesOf("k8s", "missing", configOf({}), factsOf(release));

  expect(missing.includes("kernel version")).toBe(!met);
});

test("k8s wants cgroup 2, but can be met with cgroup 1", () => {
  const config = configOf(Object.fromEntries(named.map((it) => [it, "y"])));

  const judged = judgeKernel(REQUIREMENT_SETS.k8s, config, factsOf("6.12", 1));

  expect(judged).toMatchObject({ met: true, required: { missing: 0 }, optional: { missing: 1 } });
  expect(judged.items.find(({ name }) => name === "cgroup version")).toMatchObject({
    verdict: "missing",
    need: "optional",
  });
});

test.each([
  ["#1 SMP PREEMPT_RT Debian 6.12.117-1 (2026-11-12)", true],
  ["#1 SMP PREEMPT RT Wed Jan 1 00:00:00 UTC 2020", true],
  ["#7 SMP PREEMPT_RT", true],
  ["#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1", false],
  ["#1 SMP PREEMPT Thu Jul 6 05:38:19 UTC 2017", false],
  ["#1 SMP XPREEMPT_RT", false],
  ["#1 SMP PREEMPT_RTX", false],
  ["#2 SMP Thu Jan 14 22:33:10 IST 2016", false],
  ["", false],
])("namesRealtime() of %j", (text, expected) => {
  expect(namesRealtime(text)).toBe(expected);
});

test("realtime believes the config, or the kernel that runs; its silence proves nothing", () => {
  const timers = { HIGH_RES_TIMERS: "y" };
  const judge = (options: Record<string, string>, saysRealtime?: boolean): boolean => {
    const facts = { ...factsOf("6.12"), ...(saysRealtime === undefined ? {} : { saysRealtime }) };
    return judgeKernel(REQUIREMENT_SETS.realtime, configOf({ ...timers, ...options }), facts).met;
  };

  expect(judge({ PREEMPT_RT: "y" })).toBe(true);
  expect(judge({ PREEMPT_RT: "y" }, false)).toBe(true);
  expect(judge({ PREEMPT_RT_FULL: "y" })).toBe(true);
  expect(judge({}, true)).toBe(true);
  expect(judge({ PREEMPT: "y" }, false)).toBe(false);
  expect(judge({ PREEMPT: "y", PREEMPT_DYNAMIC: "y", PREEMPT_LAZY: "y" })).toBe(false);
});

const facts = fc
  .record({
    major: fc.integer({ min: 2, max: 7 }),
    minor: fc.nat(20),
    cgroup: fc.constantFrom(1, 2),
  })
  .map(({ major, minor, cgroup }) => factsOf(`${major}.${minor}`, cgroup));
const ARM64 = { ARM64: "y" };
const excuses = ["EXT4_USE_FOR_EXT2", "PREEMPT_RT"];
const state = fc.constantFrom("y", "m", "n", '"text"', "250");
const options = fc.dictionary(fc.constantFrom(...named, ...excuses), state);

test("judgeKernel(): an option more never makes a met set unmet, nor an item missing", () => {
  const more = fc.array(fc.constantFrom(...named, ...excuses), { minLength: 1 });
  fc.assert(
    fc.property(options, more, fc.constantFrom("y", "m"), facts, (some, added, value, it) => {
      const before = configOf({ ...ARM64, ...some });
      const grown = Object.fromEntries(
        added.filter((option) => before.state(option) === "n").map((option) => [option, value]),
      );
      const after = configOf({ ...ARM64, ...some, ...grown });
      for (const set of sets) {
        const [less, all] = [before, after].map((config) => judgeKernel(set, config, it));
        expect(less?.met === true && all?.met === false).toBe(false);
        const missing = (judged = all): string[] =>
          (judged?.items ?? []).filter(({ verdict: v }) => v === "missing").map(({ name }) => name);
        expect(missing(less)).toEqual(expect.arrayContaining(missing(all)));
      }
    }),
  );
});

test("judgeKernel() counts each item once, and whether it is a module changes no set", () => {
  fc.assert(
    fc.property(options, facts, (some, it) => {
      const modules = Object.fromEntries(
        Object.entries(some).map(([option, value]) => [option, value === "y" ? "m" : value]),
      );
      for (const set of sets) {
        const judged = judgeKernel(set, configOf({ ...ARM64, ...some }), it);
        const { required, optional } = judged;
        const sum = [required, optional].flatMap((count) => Object.values(count) as number[]);
        expect(sum.reduce((a, b) => a + b)).toBe(set.requirements.length);
        expect(judged.met).toBe(required.missing === 0);
        expect(judgeKernel(set, configOf({ ...ARM64, ...modules }), it).met).toBe(judged.met);
      }
    }),
  );
});

test("judgeKernel() tells the values that it looked at", () => {
  const config = new KernelConfig(new Map([["BTRFS_FS", "m"]]));

  const { items } = judgeKernel(REQUIREMENT_SETS.docker, config, factsOf("6.12"));

  const storage = items.find(({ name }) => name.startsWith("OVERLAY_FS or"));
  expect(storage).toEqual({
    name: "OVERLAY_FS or BTRFS_FS and BTRFS_FS_POSIX_ACL",
    need: "required",
    verdict: "missing",
    why: "layers of images (overlay2, the overlayfs snapshotter)",
    options: { OVERLAY_FS: null, BTRFS_FS: "m", BTRFS_FS_POSIX_ACL: null },
  });
});

function verdict(
  requirement: Requirement,
  some: Readonly<Record<string, string>>,
  it: KernelFacts,
): string {
  return judgeRequirement(requirement, configOf(some), it).verdict;
}

/** Facts that make the item be asked: within its versions, and before it was dropped. */
function askingFacts({ when = {}, obsolete }: OptionRequirement): KernelFacts {
  const limit = when.before ?? obsolete?.from;
  const last = limit === undefined ? "6.12" : previous(limit);
  return factsOf(last, when.cgroup ?? 2);
}

/** Options that make the item be asked. */
function asking({ when }: Requirement): Record<string, string> {
  return when?.architecture === "amd64" ? { X86_64: "y" } : { ARM64: "y" };
}

function isExcuse({ when }: Requirement, option: string): boolean {
  return when?.without?.option === option;
}

/** Facts just outside of each condition. */
function excusingFacts(when: Condition = {}): KernelFacts[] {
  const cgroup = when.cgroup ?? 2;
  return [
    ...(when.from === undefined ? [] : [factsOf(previous(when.from), cgroup)]),
    ...(when.before === undefined ? [] : [factsOf(when.before, cgroup)]),
    ...(when.cgroup === undefined ? [] : [factsOf("6.12", when.cgroup === 1 ? 2 : 1)]),
  ];
}

/** The last version before this one, as far as tables can tell. */
function previous(version: string): string {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return minor > 0 ? `${major}.${minor - 1}` : `${major - 1}.99`;
}
