/** The table tells what its source tells, also where the source's own count is another. */
import { COREOS_COMPONENTS, COREOS_TOOLS } from "../../../images/coreos/components";
import { COREOS } from "../../../images/coreos/family";

test("there are 21 components: the list goes up to 22 and has no number 15", () => {
  const rows = COREOS_COMPONENTS.map(({ row }) => row);

  expect(COREOS_COMPONENTS).toHaveLength(21);
  expect(rows).toEqual([...Array(22).keys()].map((n) => n + 1).filter((n) => n !== 15));
  expect(new Set(COREOS_COMPONENTS.map(({ name }) => name)).size).toBe(21);
  expect(COREOS_TOOLS).toHaveLength(7);
});

test("five were tested, and the family says so", () => {
  const tested = ["systemd", "etcd", "fleet", "docker", "grub2"];

  expect(COREOS_COMPONENTS.filter((it) => it.tested).map(({ name }) => name)).toEqual(tested);
  expect(COREOS.components.filter((it) => it.tested).map(({ name }) => name)).toEqual(tested);
  expect(COREOS.components.every((it) => !("row" in it))).toBe(true);
});
