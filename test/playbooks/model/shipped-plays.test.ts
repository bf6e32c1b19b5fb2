import { formatFault } from "../../../core/faults";
import { listShippedPlays, readShippedPlay } from "../../../playbooks/model/shipped-plays";
import { parsePlaybooks } from "../../../playbooks/playbooks";

test.each(listShippedPlays())("readShippedPlay() %s passes every check", (name) => {
  const { playbook, files } = readShippedPlay(name);

  const { playbooks, faults } = parsePlaybooks([playbook], new Map(Object.entries(files)));

  expect(faults.map(formatFault)).toEqual([]);
  expect(playbooks.plays.length).toBeGreaterThan(0);
});

test("readShippedPlay() gives paths relative to the play's folder", () => {
  const { playbook, files } = readShippedPlay("etcd");

  expect(playbook.name).toBe("etcd/playbook.yml");
  expect(Object.keys(files)).toContain("templates/members.j2");
  expect(Object.keys(files)).not.toContain("playbook.yml");
});

test.each([".", "..", "../plays/etcd", "nowhere", ""])("readShippedPlay() refuses %j", (name) => {
  expect(() => readShippedPlay(name)).toThrow("there is no shipped play");
});
