import * as fc from "fast-check";
import { ARM64_DEFAULTS } from "../../../images/references/arm64-defaults";
import { formatReference, parseReference } from "../../../images/references/reference";
import { isArm64Name } from "../../support/arm64-name";
import {
  checkRewrites,
  type RewriteBase,
  rewriter,
  type RewriteTable,
} from "../../../images/references/rewrites";
import type { RewriteRule } from "../../../images/references/rewrite-rule";

const SHA = `sha256:${"0".repeat(64)}`;

function rewrite(text: string, images: readonly RewriteRule[] = [], base?: RewriteBase): string {
  const parsed = parseReference(text);
  if (parsed.kind === "wrong") throw new Error(parsed.problem);
  return formatReference(rewriter({ base: base ?? "arm64-defaults", images })(parsed.value));
}

test.each([
  ["ghcr.io/helm/tiller:v2.16.9", "docker.io/stx4arm/tiller:v2.16.9"],
  ["ghcr.io/helm/tiller:v2.16.8", "ghcr.io/helm/tiller:v2.16.8"],
  ["starlingx/armada-image:stx.7.0-v1.0.0", "docker.io/stx4arm/armada-image:stx.7.0-v1.0.0"],
  ["k8s.gcr.io/defaultbackend-amd64:1.5", "registry.k8s.io/defaultbackend-arm64:1.5"],
  ["k8s.gcr.io/etcd:3.5.3-0", "registry.k8s.io/etcd:3.5.3-0"],
  [`k8s.gcr.io/etcd@${SHA}`, `registry.k8s.io/etcd@${SHA}`],
  ["quay.io/k8scsi/csi-snapshotter:v1", "registry.k8s.io/sig-storage/csi-snapshotter:v1"],
  ["quay.io/k8scsi-not/x:v1", "quay.io/k8scsi-not/x:v1"],
  ["busybox", "docker.io/library/busybox:latest"],
])("rewriter() makes %s to %s by the defaults", (text, expected) => {
  expect(rewrite(text)).toBe(expected);
});

test.each<[string, readonly RewriteRule[], string, string]>([
  ["every tag", [{ from: "a/b:*", to: "quay.io/c/d:*" }], "a/b:7", "quay.io/c/d:7"],
  ["every tag to one", [{ from: "a/b:*", to: "quay.io/c/d:1" }], "a/b:7", "quay.io/c/d:1"],
  [
    "one tag before every tag",
    [
      { from: "a/b:*", to: "a/c:*" },
      { from: "a/b:7", to: "a/d:7" },
    ],
    "a/b:7",
    "docker.io/a/d:7",
  ],
  [
    "the longest path",
    [
      { from: "quay.io/*", to: "q.example/*" },
      { from: "quay.io/a/*", to: "a.example/x/*" },
    ],
    "quay.io/a/b/c:1",
    "a.example/x/b/c:1",
  ],
  [
    "docker.io's own images",
    [{ from: "q.io/*", to: "docker.io/*" }],
    "q.io/x",
    "docker.io/library/x:latest",
  ],
  ["a digest stays", [{ from: "a/b:*", to: "a/c:*" }], `a/b@${SHA}`, `docker.io/a/b@${SHA}`],
  ["to a digest", [{ from: "a/b:1", to: `a/c@${SHA}` }], "a/b:1", `docker.io/a/c@${SHA}`],
  [
    "a default, replaced",
    [{ from: "ghcr.io/helm/tiller:v2.16.9", to: "own.example/tiller:1" }],
    "ghcr.io/helm/tiller:v2.16.9",
    "own.example/tiller:1",
  ],
  [
    "a default, switched off",
    [{ from: "k8s.gcr.io/*", to: "k8s.gcr.io/*" }],
    "k8s.gcr.io/etcd:1",
    "k8s.gcr.io/etcd:1",
  ],
])("rewriter() with rules of one's own: %s", (_, images, text, expected) => {
  expect(checkRewrites({ base: "arm64-defaults", images })).toEqual([]);
  expect(rewrite(text, images)).toBe(expected);
});

test.each<[readonly RewriteRule[], string, string]>([
  [[{ from: "a/b", to: "a/c:1" }], "from", "no tag"],
  [[{ from: "a/b:1", to: "a/c" }], "to", "no tag"],
  [[{ from: "A b:1", to: "a/c:1" }], "from", "malformed"],
  [[{ from: "a/b:1", to: "quay.io/*" }], "to", "both end in /*"],
  [[{ from: `a/b@${SHA}`, to: "a/c:1" }], "from", "digest"],
  [[{ from: "a/b:1", to: "a/b-amd64:1" }], "to", "did you mean docker.io/a/b-arm64:1?"],
  [[{ from: "quay.io/*", to: "quay.io/x/*" }], "to", "in a circle"],
  [
    [
      { from: "quay.io/*", to: "k8s.gcr.io/*" },
      { from: "registry.k8s.io/*", to: "quay.io/*" },
    ],
    "to",
    "in a circle",
  ],
  [
    [
      { from: "x:1", to: "y:1" },
      { from: "docker.io/library/x:1", to: "z:1" },
    ],
    "from",
    "another rule",
  ],
])("checkRewrites() refuses %j", (images, field, problem) => {
  expect(checkRewrites({ base: "arm64-defaults", images })).toContainEqual(
    expect.objectContaining({ field, problem: expect.stringContaining(problem) as string }),
  );
});

test("the defaults are rules without fault, and none of them leads to a name that says amd64", () => {
  expect(checkRewrites({ base: "none", images: ARM64_DEFAULTS })).toEqual([]);

  const ends = ARM64_DEFAULTS.filter(({ from }) => !from.endsWith("*")).map(({ from }) =>
    rewrite(from),
  );
  expect(ends.filter((it) => !isArm64Name(it))).toEqual([]);
});

const word = fc.constantFrom("a", "b", "c", "quay.io", "k8s.gcr.io", "registry.k8s.io");
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((it) => it.join("/"));
const tag = fc.constantFrom("1", "2");
const rule = fc
  .tuple(name, name, fc.constantFrom(":1", ":2", ":*", "/*"))
  .map(([from, to, end]): RewriteRule => ({ from: `${from}${end}`, to: `${to}${end}` }));
const table = fc
  .tuple(fc.constantFrom<RewriteBase>("arm64-defaults", "none"), fc.array(rule, { maxLength: 5 }))
  .map(([base, images]): RewriteTable => ({ base, images }))
  .filter((it) => checkRewrites(it).length === 0);
const image = fc.tuple(name, tag).map((it) => it.join(":"));

test("rewriter(): twice is once, and the order of rules means nothing", () => {
  fc.assert(
    fc.property(table, image, ({ base, images }, text) => {
      if (parseReference(text).kind === "wrong") return;

      const once = rewrite(text, images, base);

      expect(rewrite(once, images, base)).toBe(once);
      expect(rewrite(text, [...images].reverse(), base)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});
