import {
  factsByFilter,
  factsOfSubsets,
  unknownSubset,
} from "../../../../playbooks/runner/facts/subsets";

const FACTS = {
  ...{ kernel: "6", distribution: "Debian", env: {}, memtotal_mb: 1, processor_count: 1 },
  ...{ virtualization_type: "kvm", eth0: {}, default_ipv4: {}, date_time: {} },
};
const MINIMAL = ["kernel", "distribution", "env", "date_time"];

test.each([
  [["all"], Object.keys(FACTS)],
  [[], Object.keys(FACTS)],
  [["min"], MINIMAL],
  [["!all"], MINIMAL],
  [["!all", "!min"], []],
  [
    ["!all", "!min", "hardware"],
    ["memtotal_mb", "processor_count"],
  ],
  [
    ["!all", "network"],
    [...MINIMAL, "eth0", "default_ipv4"],
  ],
  [["!hardware"], [...MINIMAL, "virtualization_type", "eth0", "default_ipv4"]],
  [["!min", "date_time"], ["date_time"]],
  [
    ["!all", "!min", "default_ipv4"],
    ["eth0", "default_ipv4"],
  ],
  [["facter"], MINIMAL],
])("factsOfSubsets() tells of %j", (subsets, expected) => {
  expect(Object.keys(factsOfSubsets(FACTS, subsets)).sort()).toEqual([...expected].sort());
  expect(unknownSubset(subsets)).toBeUndefined();
});

test.each([
  [["kernel"], ["kernel"]],
  [
    ["ansible_kernel", "*_mb"],
    ["kernel", "memtotal_mb"],
  ],
  [["eth[01]"], ["eth0"]],
  [["nope"], []],
  [[""], Object.keys(FACTS)],
])("factsByFilter() tells of %j", (filters, expected) => {
  expect(Object.keys(factsByFilter(FACTS, filters)).sort()).toEqual([...expected].sort());
});

test("unknownSubset() names the word", () => {
  expect(unknownSubset(["min", "!hardwear"])).toBe("hardwear");
});
