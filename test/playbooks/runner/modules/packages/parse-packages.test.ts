import { parsePackages } from "../../../../../playbooks/runner/modules/packages/parse-packages";

test.each([
  [
    "apt",
    "libc6:amd64\t2.36-9\tamd64\tlibs\tinstalled\nold\t1.0\tall\tadmin\tconfig-files",
    {
      libc6: [
        {
          ...{ name: "libc6", version: "2.36-9", arch: "amd64", category: "libs" },
          origin: "",
          source: "apt",
        },
      ],
    },
  ],
  [
    "rpm",
    "kernel\t6.1\taarch64\t1.el9\t(none)\nkernel\t6.2\taarch64\t1.el9\t2",
    {
      kernel: [
        {
          ...{ name: "kernel", version: "6.1", arch: "aarch64", release: "1.el9" },
          epoch: null,
          source: "rpm",
        },
        {
          ...{ name: "kernel", version: "6.2", arch: "aarch64", release: "1.el9" },
          epoch: 2,
          source: "rpm",
        },
      ],
    },
  ],
  [
    "apk",
    "busybox-binsh-1.36.1-r5",
    {
      "busybox-binsh": [{ name: "busybox-binsh", version: "1.36.1", release: "r5", source: "apk" }],
    },
  ],
  ["pacman", "bash 5.2-1", { bash: [{ name: "bash", version: "5.2-1", source: "pacman" }] }],
])("parsePackages() reads the list of %s", (manager, lines, expected) => {
  expect(parsePackages(`@@facts:${manager}\n${lines}\n`)).toEqual(expected);
});
