/** Keys of single hosts, and of what all hosts of a site are. */
import { z } from "zod";
import { DNS_LABEL } from "../../../../core/names";
import { pattern, text } from "../../../schema-values";
import { secretName } from "../../../secret-name";

const device = pattern(/^(\/dev\/)?[A-Za-z0-9_.:/-]{1,200}$/, "a device, such as nvme0n1");

/** `hosts`. */
export const hosts = z
  .record(
    pattern(DNS_LABEL, "the name of a node"),
    z.strictObject({
      mac: pattern(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, "a MAC address such as 52:54:00:12:34:56")
        .optional()
        .describe("MAC address of the management port"),
      bootDevice: device.optional().describe("Device that boots; default: the installer's choice"),
      rootfsDevice: device
        .optional()
        .describe("Device of the root file system; default: the installer's choice"),
    }),
  )
  .describe("Settings of single hosts, by the node's name");

/** `boot`. */
export const boot = z
  .strictObject({
    firmware: z.enum(["uefi", "bios"]).optional().describe("Firmware's mode; default uefi"),
    secureBoot: z.boolean().optional().describe("Secure boot; default false"),
    console: z
      .enum(["serial", "graphical"])
      .optional()
      .describe("Console of the installer; default serial"),
  })
  .describe("How machines boot the installer");

/** `passwords`. */
export const passwords = z
  .strictObject({
    admin: secretName
      .optional()
      .describe("Secret variable of the admin's password; default starlingx_admin_password"),
    sysadmin: secretName
      .optional()
      .describe("Secret variable of sysadmin's password; default starlingx_sysadmin_password"),
  })
  .describe("Passwords, by names out of bootstrap.secretVars: they are kept nowhere");

/** `labels`. */
export const hostLabels = z
  .record(
    pattern(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, "the name of a role or of a pool"),
    z.record(
      pattern(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/, "letters, digits and . _ / -, at most 63"),
      pattern(/^[A-Za-z0-9._-]{0,63}$/, "letters, digits and . _ -, at most 63"),
    ),
  )
  .describe("Labels of hosts in Kubernetes, by role or pool");

/** `plugins`. */
export const plugins = z
  .record(text(1, 100), pattern(/^[A-Za-z0-9._/-]+=[A-Za-z0-9._-]+$/, "a label: key=value"))
  .describe("Device plug-ins of Kubernetes, each with the label of hosts that it runs on");

/** `packages`: words that arm64 may lack. */
export const words = z.array(text(1, 100));
