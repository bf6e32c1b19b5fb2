import { UserFault } from "../../core/faults";
import { ClusterImage } from "../../images/cluster-image";
import { findSystem, IMAGE_FAMILIES, kernelsOf } from "../../images/families";

const offers = IMAGE_FAMILIES.flatMap(({ name: family, releases }) =>
  releases.flatMap((it) =>
    kernelsOf(it).map(([kernel, offer]) => ({ family, release: it.release, kernel, ...offer })),
  ),
);
const installed = offers.filter(({ operatingSystem }) => operatingSystem !== undefined);

test("ClusterImage.debian() is the newest release unless one is named", () => {
  expect(ClusterImage.debian()).toMatchObject({ family: "debian", release: "13" });
  expect(ClusterImage.debian({ release: "12" }).boot("realtime")).toEqual({
    operatingSystem: "debian_12_rt",
  });
});

test.each(installed)(
  "findSystem() is the reverse of $family $release $kernel",
  ({ family, release, kernel }) => {
    const { operatingSystem } = ClusterImage.of(family, { release }).boot(kernel);

    expect(findSystem(operatingSystem)).toMatchObject({ family, release, kernel });
  },
);

test.each(offers)(
  "a script boots $family $release $kernel where it is named",
  ({ family, release, kernel }) => {
    const ipxe = "https://boot.example/boot.ipxe";
    const image = ClusterImage.of(family, { release, ipxe });

    expect(image.boot(kernel)).toEqual({ operatingSystem: "custom_ipxe", ipxeScriptUrl: ipxe });
    expect(image.describe()).toEqual({ family, release, ipxe });
  },
);

test("an image that no API installs needs a script", () => {
  for (const { family, release, kernel, operatingSystem } of offers) {
    const outcome = faultOf(() => ClusterImage.of(family, { release }).boot(kernel));

    expect(outcome).toMatchObject(
      operatingSystem === undefined ? { code: "AS1233" } : { operatingSystem },
    );
  }
});

test("no operating system belongs to two images", () => {
  const slugs = installed.map(({ operatingSystem }) => operatingSystem);

  expect(new Set(slugs).size).toBe(slugs.length);
});

test("findSystem() knows no slug of others", () => {
  expect(findSystem("rocky_9")).toBeUndefined();
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
