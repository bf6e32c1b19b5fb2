import { UserFault } from "../../core/faults";
import { KERNEL_VARIANTS } from "../../core/names";
import { ClusterImage } from "../../images/cluster-image";
import { findSystem, IMAGE_FAMILIES } from "../../images/families";

const releases = IMAGE_FAMILIES.flatMap(({ name, releases: all }) =>
  all.map((it) => ({ family: name, ...it })),
);

test("ClusterImage.debian() is the newest release unless one is named", () => {
  expect(ClusterImage.debian()).toMatchObject({ family: "debian", release: "13" });
  expect(ClusterImage.debian({ release: "12" }).operatingSystem("realtime")).toBe("debian_12_rt");
});

test.each(releases)("findSystem() is the reverse of $family $release", (it) => {
  for (const kernel of KERNEL_VARIANTS) {
    const slug = ClusterImage.of(it.family, it.release).operatingSystem(kernel);

    expect(findSystem(slug)).toMatchObject({ family: it.family, release: it.release, kernel });
  }
});

test("no operating system belongs to two images", () => {
  const slugs = releases.flatMap(({ operatingSystems }) => Object.values(operatingSystems));

  expect(new Set(slugs).size).toBe(slugs.length);
});

test("findSystem() knows no slug of others", () => {
  expect(findSystem("ubuntu_24_04")).toBeUndefined();
});

test("ClusterImage refuses what does not exist, and says what does", () => {
  expect(faultOf(() => ClusterImage.debian({ release: "11" }))).toMatchObject({
    code: "AS1219",
    allowed: ["13", "12"],
  });
  expect(faultOf(() => ClusterImage.of("debain"))).toMatchObject({
    code: "AS1207",
    suggestion: "debian",
  });
});

function faultOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error instanceof UserFault ? error.faults[0] : error;
  }
}
