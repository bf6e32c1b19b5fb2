/** Where Ignition takes content from. Source: coreos/ignition, docs/configuration-v3_4.md. Pure. */
import { fault, UserFault } from "../../core/faults";

const SCHEMES = ["http", "https", "tftp", "s3", "gs", "data"];
/** Scheme of S3 access points. */
const ARN = { scheme: "arn", since: "3.4.0" } as const;
const DATA =
  /^data:([a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+)?(;[a-z0-9!#$&^_.+-]+=("[^"]*"|[^;,"]*))*(;base64)?,(.*)$/is;

/** What is wrong with a source. */
export interface SourceFault {
  readonly problem: string;
  readonly allowed?: readonly string[];
}

/** Judges a source for a version of the specification; undefined when it is well. */
export function judgeSource(source: string, version: string): SourceFault | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(source)?.[1]?.toLowerCase();
  const allowed = version >= ARN.since ? [...SCHEMES, ARN.scheme] : SCHEMES;
  if (scheme === undefined || !allowed.includes(scheme)) {
    return { problem: "the source has no scheme that Ignition fetches", allowed };
  }
  if (scheme === "data") return judgeData(source);
  if (scheme === ARN.scheme) return judgeArn(source);
  if (/[\s\p{Cc}]/u.test(source) || !URL.canParse(source)) return { problem: "not a URL" };
  const { hostname, searchParams } = new URL(source);
  if (hostname === "") return { problem: "the URL names no host" };
  return scheme === "s3" && searchParams.get("versionId") === ""
    ? { problem: "versionId is empty" }
    : undefined;
}

/**
 * Text as a data URL. It stays readable, so that a plan shows what is inside.
 * @throws UserFault AS1509 when the text has half of a surrogate pair, which no encoding holds
 */
export function dataUrl(text: string): string {
  if (/\p{Surrogate}/u.test(text)) {
    throw new UserFault([fault("AS1509", "", { problem: "the content is no text" })]);
  }
  return `data:,${encodeURIComponent(text)}`;
}

function judgeData(source: string): SourceFault | undefined {
  const [, , , , base64, body = ""] = DATA.exec(source) ?? [];
  if (!DATA.test(source)) return { problem: "not a data URL" };
  if (base64 === undefined) {
    return /%(?![0-9a-f]{2})/i.test(body) ? { problem: "% without two hex digits" } : undefined;
  }
  const text = body.replace(/%3D/gi, "=").replace(/%2B/gi, "+").replace(/%2F/gi, "/");
  const isPadded = text.length % 4 === 0 && /^[A-Za-z0-9+/_-]*={0,2}$/.test(text);
  return isPadded ? undefined : { problem: "the data is not base64" };
}

function judgeArn(source: string): SourceFault | undefined {
  const [, , service, , , ...rest] = source.split(":");
  const resource = rest.join(":").split("?")[0] ?? "";
  const least = resource.startsWith("accesspoint/") ? 3 : 2;
  return service === "s3" && resource.split("/").length >= least
    ? undefined
    : { problem: "not the ARN of an object in S3" };
}
