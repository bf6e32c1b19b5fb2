/** The arguments of `uri`. */
import { z } from "zod";
import { flag, path as pathField, text, textList, textMap, whole } from "../args/fields";
import { ATTRIBUTE_ARGS } from "../files/attributes";

/** Arguments by their main names. */
export const URI_ARGS = {
  ...ATTRIBUTE_ARGS,
  url: text(),
  method: text()
    .transform((it) => it.toUpperCase())
    .refine((it) => /^[A-Z]+$/.test(it), "needs to be a single word, like GET or POST")
    .default("GET"),
  body: z.unknown().optional(),
  body_format: z
    .enum(["raw", "json", "form-urlencoded"], {
      error: ({ input }) =>
        input === "form-multipart"
          ? "form-multipart is not supported: use command with curl --form"
          : "expected raw, json or form-urlencoded",
    })
    .default("raw"),
  src: pathField().optional(),
  remote_src: flag().default(false),
  headers: textMap().default({}),
  status_code: z
    .preprocess(
      (it): unknown => (typeof it === "string" ? it.split(",") : Array.isArray(it) ? it : [it]),
      z.array(whole()).min(1),
    )
    .default([200]),
  return_content: flag().default(false),
  dest: pathField().optional(),
  creates: pathField().optional(),
  removes: pathField().optional(),
  url_username: text().optional(),
  url_password: text().optional(),
  force_basic_auth: flag().default(false),
  follow_redirects: z
    .preprocess(
      (it) => (it === true ? "yes" : it === false ? "no" : it),
      z.enum(["all", "no", "none", "safe", "urllib2", "yes"]),
    )
    .default("safe"),
  timeout: whole().pipe(z.int().min(1)).default(30),
  validate_certs: flag().default(true),
  ca_path: pathField().optional(),
  client_cert: pathField().optional(),
  client_key: pathField().optional(),
  ciphers: textList().optional(),
  decompress: flag().default(true),
  force: flag().default(false),
  use_proxy: flag().default(true),
  use_netrc: flag().default(true),
  unix_socket: pathField().optional(),
  http_agent: text().default("ansible-httpget"),
  unredirected_headers: textList().default([]),
  unsafe_writes: flag().default(false),
};

/** The parsed arguments. */
export type UriArgs = z.output<z.ZodObject<typeof URI_ARGS>>;
