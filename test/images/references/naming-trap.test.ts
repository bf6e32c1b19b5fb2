import { tryArm64Name } from "../../../images/references/naming-trap";
import { formatReference, parseReference } from "../../../images/references/reference";

function arm64Name(text: string): string | undefined {
  const parsed = parseReference(text);
  if (parsed.kind === "wrong") throw new Error(parsed.problem);
  const name = tryArm64Name(parsed.value);
  return name && formatReference(name);
}

test.each([
  ["k8s.gcr.io/defaultbackend-amd64:1.5", "k8s.gcr.io/defaultbackend-arm64:1.5"],
  ["quay.io/a/pause-amd64-x:1", "quay.io/a/pause-arm64-x:1"],
  ["quay.io/a-amd64/b:1", "quay.io/a-arm64/b:1"],
  ["calico/node:v3.9.5-amd64", "docker.io/calico/node:v3.9.5-arm64"],
  ["a/b-x86_64:1", "docker.io/a/b-arm64:1"],
  [`a/b-amd64@sha256:${"0".repeat(64)}`, "docker.io/a/b-arm64:latest"],
])("tryArm64Name() refuses %s for %s", (text, expected) => {
  expect(arm64Name(text)).toBe(expected);
});

test.each(["busybox", "a/b-arm64:1", "amd64/busybox:1", "a/b-amd64y:1", "quay.io/a/amd64-tools:1"])(
  "tryArm64Name() lets %s pass",
  (text) => {
    expect(arm64Name(text)).toBeUndefined();
  },
);
