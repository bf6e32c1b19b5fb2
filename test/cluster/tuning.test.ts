/** Lists of CPUs and words for the kernel: read, written, and read again. */
import fc from "fast-check";
import { bootLoaderTuning, kernelArguments, parseCpuList } from "../../cluster/tuning";

test.each([
  ["2", [2]],
  ["2-4", [2, 3, 4]],
  ["1,3-5,9", [1, 3, 4, 5, 9]],
  ["0-1023", Array.from({ length: 1024 }, (_, n) => n)],
])("%s is a list of CPUs", (text, cpus) => {
  expect(parseCpuList(text)).toEqual(cpus);
});

test.each(["", "a", "2-", "-2", "4-2", "3,2", "2,2", "2-4,4", "2,,3", "2 3", "2-4-6", "99999"])(
  "%j is no list of CPUs",
  (text) => {
    expect(parseCpuList(text)).toBeUndefined();
  },
);

test("every ascending list is read as what it was written from", () => {
  const lists = fc.uniqueArray(fc.nat({ max: 9_999 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(lists, (numbers) => {
      const sorted = [...numbers].sort((a, b) => a - b);
      expect(parseCpuList(sorted.join(","))).toEqual(sorted);
    }),
  );
});

test("the kernel is told in its own words, the largest pages first", () => {
  const tuning = {
    isolatedCpus: "2-7",
    nohzFull: "2-7",
    hugePages: [
      { size: "2M", count: 512 },
      { size: "1G", count: 4 },
    ],
  } as const;

  expect(kernelArguments(tuning)).toEqual([
    "isolcpus=managed_irq,domain,2-7",
    "nohz_full=2-7",
    "rcu_nocbs=2-7",
    "default_hugepagesz=1G",
    "hugepagesz=1G",
    "hugepages=4",
    "hugepagesz=2M",
    "hugepages=512",
  ]);
  expect(bootLoaderTuning(tuning)).toMatchObject({ isolated: "2-7", ticks: "2-7" });
  expect(bootLoaderTuning({})).toBeUndefined();
  expect(bootLoaderTuning(undefined)).toBeUndefined();
});
