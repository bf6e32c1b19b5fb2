/** The provider as `main.ts` serves it: in real time, with this process's environment. */
import { randomUUID } from "node:crypto";
import { sleep } from "../core/bounded";
import { version } from "../package.json";
import { createProvider } from "./create-provider";
import { playbookResource } from "./resources/playbook/playbook-resource";
import { scanHostKey } from "./resources/scan-host-key";

/** See the header. */
export const provider = createProvider({
  environment: process.env,
  version,
  sleep,
  newId: randomUUID,
  scanHostKey,
  resources: [playbookResource],
});
