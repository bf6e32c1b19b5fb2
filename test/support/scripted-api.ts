/** The real client against a scripted server, in a time of its own: waits are noted, not waited. */
import { createMachineApi, type MachineApiProps } from "../../api/client";
import type { MachineApi } from "../../api/api";
import { Secret } from "../../core/secret";
import { type Script, ScriptedServer } from "./scripted-server";

/** Token of every test's client. */
export const TOKEN = "token-of-the-test-0001";

/** A client and what is behind it. */
export interface ScriptedApi {
  readonly api: MachineApi;
  readonly server: ScriptedServer;
  /** Milliseconds of each wait, in order. */
  readonly waits: number[];
}

const open: ScriptedServer[] = [];

/** Starts both; {@link stopScripted} ends them. */
export async function startScripted(
  script: Script,
  props: Partial<MachineApiProps> & { readonly path?: string } = {},
): Promise<ScriptedApi> {
  const server = await new ScriptedServer(script).start();
  open.push(server);
  const waits: number[] = [];
  const api = createMachineApi({
    endpoint: `${server.url}${props.path ?? ""}`,
    token: new Secret(TOKEN),
    userAgent: "armstead-test",
    random: () => 0.5,
    sleep: (milliseconds, options) => {
      options?.signal?.throwIfAborted();
      waits.push(milliseconds);
      return Promise.resolve();
    },
    ...props,
  });
  return { api, server, waits };
}

/** For `afterEach`. */
export async function stopScripted(): Promise<void> {
  await Promise.all(open.splice(0).map((it) => it.stop()));
}

/** What a call rejected with; fails when it did not. */
export async function rejection(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("the call was expected to be rejected");
}
