/**
 * Where nodes get a program from: always a URL with a checksum, so that sites without internet serve their own
 * copies and no mirror can slip in another. `{{ ansible_architecture }}` in a URL stands for the node's `uname -m`.
 */
import { z } from "zod";
import { pattern } from "../schema-values";

/** Forms of checksums, with the URL of a file of checksums for sites that serve one. */
const checksum = pattern(
  /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|sha(256|512):https?:\/\/\S+)$/,
  "sha256:<64 hex digits>, sha512:<128 hex digits>, or either with the URL of a checksum file",
).describe("sha256:<hex>, or sha256:<URL of a SHA256SUMS file>");

/**
 * A program or archive by URL and checksum.
 * @param what - what the URL has to lead to, for the JSON Schema
 */
export function artifact(what: string) {
  return z
    .strictObject({
      url: pattern(/^https?:\/\/\S(.*\S)?$/, "an http or https URL").describe(
        `${what}; {{ ansible_architecture }} becomes aarch64`,
      ),
      checksum,
    })
    .describe(what);
}

/** A program or archive. */
export type Artifact = z.output<ReturnType<typeof artifact>>;
