/** ConfigureProvider and StopProvider. */
import { decodeValue } from "../../protocol/decode-value";
import type { Request, Response } from "../../protocol/provider-service";
import { objectType } from "../full-schema";
import { secretTexts } from "../secrets";
import type { Session } from "../session";
import { isUnknownInside } from "../unknown";
import type { Values } from "../values";

/** Makes the client. With unknown arguments there is none yet, which is no fault in a plan. */
export async function configureProvider<C>(
  session: Session<C>,
  { config, terraform_version: terraformVersion = "" }: Request<"ConfigureProvider">,
): Promise<Response<"ConfigureProvider">> {
  const { provider } = session;
  session.reset([]);
  const report = session.report(provider.schema);
  try {
    const decoded = (decodeValue(config, objectType(provider.schema)) ?? {}) as Values;
    report.hide(decoded);
    session.reset(secretTexts(provider.schema, decoded));
    if (isUnknownInside(decoded)) return {};
    const options = { terraformVersion, signal: session.stopSignal };
    session.useClient(await provider.configure(decoded, options));
  } catch (error) {
    report.error(error);
  }
  return { diagnostics: report.diagnostics };
}

/** Asks all open calls to come to an end. They still answer. */
export function stopProvider<C>(session: Session<C>): Response<"StopProvider"> {
  session.stop();
  return {};
}
