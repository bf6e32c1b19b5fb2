/** Fills a cluster with the content of the files that it names. Reads only. */
import { AGENT } from "./agent";
import { type Catalogue, rulesOf } from "./catalogue";
import type {
  BastionSpec,
  CertificateFile,
  ClusterConfig,
  ClusterSpec,
  PlaybookFile,
  PublicKey,
  TextFile,
} from "./config";
import { finding, type Finding, type ValuePath } from "./finding";
import {
  type PathBase,
  type Read,
  readCertificates,
  readPlaybook,
  readPublicKey,
  readTextFile,
  resolveFile,
} from "./references";
import { repeated } from "./rules/pools";

/** The cluster with its files, and what is wrong with them; files that are wrong are left out. */
export function readReferences(
  spec: ClusterSpec,
  base: PathBase,
  catalogue: Pick<Catalogue, "deployments">,
): { readonly config: ClusterConfig; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const take = <T>(result: Read<T>, at: ValuePath): T[] => {
    if (result.kind === "read") return [result.value];
    findings.push(finding(result.code, at, spec, result.parts));
    return [];
  };
  const numbered = spec.access.sshKeys.flatMap((it, n) =>
    take<PublicKey>(readPublicKey(it, base), ["access", "sshKeys", n]).map((key) => ({ key, n })),
  );
  const sshKeys = numbered.map(({ key }) => key);
  const plays = spec.bootstrap.plays.flatMap((it, n): PlaybookFile[] =>
    take(readPlaybook(it, base), ["bootstrap", "plays", n]),
  );
  const { destroyPlays: destroyed } = spec.bootstrap;
  const destroyPlays = destroyed?.flatMap((it, n): PlaybookFile[] =>
    take(readPlaybook(it, base), ["bootstrap", "destroyPlays", n]),
  );
  const mirrors = spec.registries.mirrors.map(({ registry, endpoints }, index) => ({
    registry,
    endpoints: endpoints.map(({ ca, ...endpoint }, n) => {
      const at = ["registries", "mirrors", index, "endpoints", n, "ca"];
      const [file] = ca === undefined ? [] : take<CertificateFile>(readCertificates(ca, base), at);
      return { ...endpoint, ...(file ? { ca: file } : {}) };
    }),
  }));
  const { privateKey, bastion, ...access } = spec.access;
  const { deployment } = spec;
  const rules = rulesOf(deployment, catalogue);
  const files = Object.entries(rules?.files ?? {}).flatMap(([key, judge]) => {
    const written = deployment?.[key];
    const at = ["deployment", key];
    const found =
      typeof written === "string" ? take<TextFile>(readTextFile(written, base), at) : [];
    findings.push(...found.flatMap(judge).map((wrong) => ({ at, fault: wrong })));
    return found.map((file) => [key, file] as const);
  });
  const config = {
    ...spec,
    ...(deployment ? { deployment: { ...deployment, ...Object.fromEntries(files) } } : {}),
    access: { ...access, ...privateKeyOf(spec, base), ...bastionOf(bastion, base), sshKeys },
    registries: { ...spec.registries, mirrors },
    bootstrap: { ...spec.bootstrap, plays, destroyPlays },
  };
  return { config, findings: [...findings, ...repeatedKeys(spec, numbered)] };
}

function privateKeyOf(
  { access }: ClusterSpec,
  base: PathBase,
): Pick<ClusterConfig["access"], "privateKey"> {
  if (access.privateKey === AGENT) return {};
  const derived = access.sshKeys.find((it) => it.endsWith(".pub"))?.slice(0, -".pub".length);
  const written = access.privateKey ?? derived;
  return written === undefined ? {} : { privateKey: resolveFile(written, base) };
}

function bastionOf(
  bastion: BastionSpec | undefined,
  base: PathBase,
): Pick<ClusterConfig["access"], "bastion"> {
  if (bastion === undefined) return {};
  const { privateKey, ...rest } = bastion;
  if (privateKey === undefined) return { bastion: rest };
  const key = privateKey === AGENT ? AGENT : resolveFile(privateKey, base);
  return { bastion: { ...rest, privateKey: key } };
}

function repeatedKeys(
  spec: ClusterSpec,
  keys: readonly { readonly key: PublicKey; readonly n: number }[],
): Finding[] {
  return repeated(keys.map(({ key, n }) => ({ name: key.line, written: key.written, n }))).map(
    ({ written, n }) =>
      finding("AS1214", ["access", "sshKeys", n], spec, {
        problem: "another file holds the same key as",
        given: written,
      }),
  );
}
