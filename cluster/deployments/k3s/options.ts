/** Keys of a k3s deployment. */
import { z } from "zod";
import { pattern, text } from "../../schema-values";
import { secretName } from "../../secret-name";
import { artifact } from "../artifact";
import { networkOptions } from "../kubernetes/networks";

const config = z.record(
  pattern(/^[a-z][a-z0-9-]*\+?$/, "an option of k3s without dashes in front"),
  z.json(),
);

/** See the header. */
export const k3sOptions = {
  version: pattern(/^v1\.\d+\.\d+(-rc\d+)?\+k3s\d+$/, "a version such as v1.31.4+k3s1").describe(
    "Version that the program must report",
  ),
  binary: artifact("The program k3s for arm64 (k3s-arm64)"),
  images: artifact("Archive of k3s' own container images (k3s-airgap-images-arm64.tar.zst)")
    .optional()
    .describe("Archive of k3s' own container images, for sites that pull nothing"),
  token: secretName.describe("Secret variable that holds the token by which nodes join"),
  endpoint: pattern(
    /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$|^[0-9a-fA-F:]*:[0-9a-fA-F:]+$/,
    "a DNS name or an IP address",
  )
    .optional()
    .describe(
      "DNS name or virtual address that leads to the servers; nodes join by it; default: the first server's address",
    ),
  ...networkOptions({ podCidr: "10.42.0.0/16", serviceCidr: "10.43.0.0/16" }),
  disable: z
    .array(text(1, 80))
    .default([])
    .describe(
      "Parts that are left out: traefik, servicelb, metrics-server, local-storage, coredns",
    ),
  config: config.default({}).describe("Options of k3s on every node, as config.yaml has them"),
  serverConfig: config.default({}).describe("Options of k3s on servers, as config.yaml has them"),
};

/** A k3s deployment's keys as values. */
export type K3sOptions = z.output<z.ZodObject<typeof k3sOptions>>;
