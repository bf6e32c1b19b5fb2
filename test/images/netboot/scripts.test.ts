/** What machines are handed when they boot: scripts, arguments, loaders, metadata. */
import {
  ARM64_LOADERS,
  CLIENT_ARCHITECTURES,
  dnsmasqLines,
  loaderFor,
} from "../../../images/netboot/arm64-loaders";
import { coreosLegacyBoot, fedoraCoreosBoot, flatcarBoot } from "../../../images/netboot/boot-args";
import { missingInitrds } from "../../../images/netboot/initrd";
import { bootScript, chainScript, embeddedScript } from "../../../images/netboot/ipxe-script";
import { metadataLines } from "../../../images/netboot/metadata";

const places = {
  assets: "http://boot.example/assets/flatcar",
  ignition: "http://boot.example/ignition",
};
const boots = {
  flatcar: flatcarBoot(places, { autologin: true, extra: ["console=ttyAMA0,115200"] }),
  "fedora-coreos": fedoraCoreosBoot(places, "40.1.2"),
  "fedora-coreos-install": fedoraCoreosBoot(places, "40.1.2", { installDevice: "/dev/sda" }),
  "coreos-legacy": coreosLegacyBoot(places),
};

test.each(Object.entries(boots))("the script of %s", (_name, boot) => {
  expect(bootScript(boot)).toMatchSnapshot();
});

test.each(Object.entries(boots))("%s finds its ramdisk under UEFI", (_name, boot) => {
  expect(missingInitrds(boot)).toEqual([]);
});

test("the first script tells who asks, by a relative URL", () => {
  expect(chainScript()).toBe(
    "#!ipxe\nchain ipxe?uuid=${uuid}&mac=${mac:hexhyp}&domain=${domain}&hostname=${hostname}&serial=${serial}&arch=${buildarch:uristring}\n",
  );
});

test("the script that is built in does not give up", () => {
  expect(embeddedScript("http://10.0.0.1:5000/")).toBe(
    "#!ipxe\n:retry\ndhcp || goto retry\nchain http://10.0.0.1:5000/boot.ipxe || goto retry\n",
  );
});

test("ARM64 firmware asks by number 11, or 19 by HTTP; nothing else is given an ARM64 loader", () => {
  const { arm64Efi, arm64EfiHttp } = CLIENT_ARCHITECTURES;

  expect([arm64Efi, arm64EfiHttp]).toEqual([11, 19]);
  expect(loaderFor(11, "http://a.example")).toBe(ARM64_LOADERS.ipxe);
  expect(loaderFor(19, "http://a.example/")).toBe("http://a.example/bin-arm64-efi/ipxe.efi");
  expect([0, 6, 7, 9].map((it) => loaderFor(it, "http://a.example"))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("dnsmasq hands iPXE to the firmware, and the script to iPXE", () => {
  expect(dnsmasqLines("http://10.0.0.1/boot.ipxe")).toEqual([
    "dhcp-match=set:arm64,option:client-arch,11",
    "dhcp-userclass=set:ipxe,iPXE",
    "dhcp-boot=tag:arm64,tag:!ipxe,bin-arm64-efi/ipxe.efi",
    "dhcp-boot=tag:ipxe,http://10.0.0.1/boot.ipxe",
  ]);
});

test("metadata are lines of upper-case keys; selectors and the request win", () => {
  const group = {
    selector: { Mac: "52:54:00:00:00:01" },
    metadata: {
      etcd: { name: "m-0", voter: true, port: 2379 },
      mac: "other",
      keys: ["a"],
      no: null,
    },
  };

  expect(metadataLines(group, { mac: "52-54-00-00-00-01" }, "mac=52-54-00-00-00-01")).toBe(
    [
      "ETCD_NAME=m-0",
      "ETCD_PORT=2379",
      "ETCD_VOTER=true",
      "MAC=52:54:00:00:00:01",
      "REQUEST_QUERY_MAC=52:54:00:00:00:01",
      "REQUEST_RAW_QUERY=mac=52-54-00-00-00-01",
      "",
    ].join("\n"),
  );
});
