import { type KernelModule, moduleIndex } from "../../../images/build/kernel-modules";

test("moduleIndex() writes nearest needs first, so that modprobe can load from the end", () => {
  const modules = [
    module("crc"),
    module("journal", ["crc"]),
    module("ext4", ["crc", "journal"], ["fs-ext4"]),
  ];

  expect(moduleIndex(modules)).toEqual({
    "modules.dep": "crc.ko:\njournal.ko: crc.ko\next4.ko: journal.ko crc.ko\n",
    "modules.alias": "alias fs-ext4 ext4\n",
  });
});

test("moduleIndex() leaves out needs that are built in", () => {
  expect(moduleIndex([module("net", ["failover"])])["modules.dep"]).toBe("net.ko:\n");
});

function module(
  name: string,
  dependsOn: readonly string[] = [],
  aliases: readonly string[] = [],
): KernelModule {
  return { name, content: Buffer.alloc(0), dependsOn, aliases };
}
