/** Keys of registries that StarlingX' bootstrap replaces, beside those of the cluster's mirrors. */
import { z } from "zod";
import { httpUrl, text } from "../../../schema-values";
import { secretName } from "../../../secret-name";

const registry = z.strictObject({
  url: text(1, 400).optional().describe("host[:port][/namespace], without a scheme"),
  type: z.enum(["docker", "aws-ecr"]).optional().describe("How logins work; default docker"),
  username: secretName.optional().describe("Secret variable that holds the user name"),
  password: secretName.optional().describe("Secret variable that holds the password"),
  secure: z.boolean().optional().describe("HTTPS; false means plain HTTP; default true"),
});

/** One registry. */
export type RegistryOptions = z.output<typeof registry>;

/** `dockerRegistries`. */
export const dockerRegistries = z
  .record(text(1, 100), registry)
  .describe(
    "Registries that StarlingX replaces, beside the cluster's mirrors; defaults stands for all",
  );

/** `additionalImages`. */
export const additionalImages = z
  .array(text(1, 400))
  .describe("Container images that the bootstrap pulls besides its own: registry/name:tag");

/** `proxy`. */
export const proxy = z
  .strictObject({
    http: httpUrl.optional().describe("Proxy for http"),
    https: httpUrl.optional().describe("Proxy for https"),
    none: z.array(text(1, 255)).optional().describe("Addresses and hosts that are asked directly"),
  })
  .describe("Proxies on the way to registries");
