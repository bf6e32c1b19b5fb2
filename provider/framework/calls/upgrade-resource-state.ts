/**
 * UpgradeResourceState: runs for every stored object in every command. State of the current
 * version goes back as it came, so numbers keep their digits; Terraform fills what is new.
 */
import { Bug, fault, UserFault } from "../../../core/faults";
import type { Request, Response } from "../../protocol/provider-service";
import { parseJson, stringifyJson } from "../lossless-json";
import type { AnyResource } from "../resource";
import type { Session } from "../session";
import { isValues } from "../values";

/** Brings stored state up to the schema's version. */
export function upgradeResourceState<C>(
  session: Session<C>,
  { type_name, version = 0, raw_state }: Request<"UpgradeResourceState">,
): Response<"UpgradeResourceState"> {
  const { resource, schema } = session.resource(type_name);
  const report = session.report(schema);
  try {
    const json = raw_state?.json;
    if (!json?.length) throw new UserFault([fault("AS1807", "")]);
    const current = version === (resource.version ?? 0);
    return { upgraded_state: { json: current ? json : upgrade(resource, version, json) } };
  } catch (error) {
    report.error(error);
    return { diagnostics: report.diagnostics };
  }
}

function upgrade<C>(resource: AnyResource<C>, version: number, json: Uint8Array): Uint8Array {
  if (!resource.upgrade) throw new UserFault([fault("AS1807", "")]);
  const raw = parseJson(Buffer.from(json).toString("utf8"));
  if (!isValues(raw)) throw new Bug("a stored object is no object");
  return Buffer.from(stringifyJson(resource.upgrade(version, raw)), "utf8");
}
