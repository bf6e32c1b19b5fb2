import { parseInstalls } from "../../../images/build/package-list";

const OUTPUT = `NOTE: This is only a simulation!
Inst gcc-14-base (14.2.0-19 Debian:13.7/stable [arm64])
Inst libc6 (2.41-12+deb13u4 Debian:13.7/stable [arm64]) []
Inst zlib1g (1:1.3.dfsg+really1.3.1-1+b1 Debian-Security:13/stable-security, Debian:13.7/stable [arm64])
Inst libaudit-common (1:4.0.2-2+deb13u1 Debian:13.7/stable [all])
Inst libfoo:arm64 (1.0 Debian:13.7/stable [arm64])
Conf libc6 (2.41-12+deb13u4 Debian:13.7/stable [arm64])
`;

test("parseInstalls() reads names, versions and the names of files", () => {
  expect(parseInstalls(OUTPUT)).toEqual([
    { name: "gcc-14-base", version: "14.2.0-19", file: "gcc-14-base_14.2.0-19_arm64.deb" },
    { name: "libc6", version: "2.41-12+deb13u4", file: "libc6_2.41-12+deb13u4_arm64.deb" },
    {
      name: "zlib1g",
      version: "1:1.3.dfsg+really1.3.1-1+b1",
      file: "zlib1g_1%3a1.3.dfsg+really1.3.1-1+b1_arm64.deb",
    },
    {
      name: "libaudit-common",
      version: "1:4.0.2-2+deb13u1",
      file: "libaudit-common_1%3a4.0.2-2+deb13u1_all.deb",
    },
    { name: "libfoo", version: "1.0", file: "libfoo_1.0_arm64.deb" },
  ]);
});

test("parseInstalls() finds nothing where nothing is to be installed", () => {
  expect(parseInstalls("0 upgraded, 0 newly installed.\n")).toEqual([]);
});
