/**
 * The door for build.yml, by which `linuxkit pkg` builds a container image for LinuxKit files: YAML in, typed values
 * out, every fault with line and column. Source: linuxkit/linuxkit, src/cmd/linuxkit/pkglib (pkglib.go, depends.go) and
 * docs/packages.md at 3bf33c3a.
 */
import { z } from "zod";
import { type Fault, throwIfAny } from "../../core/faults";
import { type Finding, findingIn, type FindingParts, type ValuePath } from "../../core/finding";
import { type Dialect, issueFindings } from "../../core/schema-issues";
import { YamlDocument } from "../../core/yaml-document";
import { container, devicesWith } from "./schema/container";
import { strings } from "./schema/values";

/** Unlike image files, these are not judged by upstream's schema: an unquoted 0666 is read as it stands there. */
const devices = devicesWith(z.union([z.string(), z.int().transform(String)]).optional());

const packageFile = z.strictObject({
  image: z.string().min(1),
  org: z.string().default("linuxkit"),
  tag: z.string().default("{{.Hash}}"),
  dockerfile: z.string().default("Dockerfile"),
  arches: strings.default(["amd64", "arm64", "riscv64"]),
  "extra-sources": z.array(z.string().regex(/^[^:]+:[^:]+$/, "source:destination")).default([]),
  gitrepo: z.string().default("https://github.com/linuxkit/linuxkit"),
  network: z.boolean().default(false),
  "disable-cache": z.boolean().default(false),
  /** Defaults of containers that run the image: it becomes the label org.mobyproject.config. */
  config: container
    .omit({ name: true, image: true })
    .extend({ devices: devices.optional() })
    .optional(),
  buildArgs: z.array(z.string().regex(/^[^=]+=/, "NAME=value")).optional(),
  depends: z
    .strictObject({
      "docker-images": z
        .strictObject({
          "target-dir": z.string().optional(),
          target: z.string().optional(),
          "from-file": z.string().optional(),
          list: strings.optional(),
        })
        .optional(),
    })
    .optional(),
});

/** A package's file, with its defaults. */
export type PackageFile = z.output<typeof packageFile>;

const say: Dialect["finding"] = (code, at, root, parts) => findingIn({}, code, at, root, parts);
const DIALECT: Dialect = { finding: say, notYet: {}, ownCodes: {} };
const DEPENDS: ValuePath = ["depends", "docker-images"];
const EXCLUSIVE = [
  ["target-dir", "target"],
  ["from-file", "list"],
] as const;

/**
 * Loads a package's file.
 * @param name - path as the user named it
 * @param text - YAML
 * @throws UserFault AS12…, AS1780, AS1781 with everything that is wrong
 */
export function loadPackage(name: string, text: string): PackageFile {
  const document = new YamlDocument(name, text);
  throwIfAny(document.root === undefined ? document.faults : []);
  const parsed = packageFile.safeParse(document.root);
  const found = parsed.success
    ? check(parsed.data, document)
    : issueFindings(parsed.error.issues, packageFile, document.root, DIALECT);
  const faults: Fault[] = [...document.faults, ...found.map((it) => document.place(it))];
  throwIfAny(faults);
  return packageFile.parse(document.root);
}

function check(file: PackageFile, { root }: YamlDocument): Finding[] {
  const one = (code: "AS1780" | "AS1781", at: ValuePath, parts: FindingParts): Finding =>
    say(code, at, root, parts);
  const depends = file.depends?.["docker-images"] ?? {};
  return [
    ...(file.arches.includes("arm64") ? [] : [one("AS1780", ["arches"], { given: file.arches })]),
    ...EXCLUSIVE.flatMap(([first, second]) =>
      depends[first] === undefined || depends[second] === undefined
        ? []
        : [
            one("AS1781", [...DEPENDS, second], {
              key: true,
              problem: `${second} and ${first} exclude each other`,
            }),
          ],
    ),
  ];
}
