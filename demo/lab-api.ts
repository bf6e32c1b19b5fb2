/** The API of a running lab. */
import type { MachineApi } from "../api/api";
import { createMachineApi } from "../api/client";
import type { LabConnection } from "../api/lab-connection";
import { Secret } from "../core/secret";

/** A client for it. */
export function openApi({ endpoint, token }: LabConnection): MachineApi {
  return createMachineApi({ endpoint, token: new Secret(token), userAgent: "armstead-demo" });
}
