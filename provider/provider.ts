/** The provider as `main.ts` serves it: in real time, with this process's environment. */
import { randomUUID } from "node:crypto";
import { sleep } from "../core/bounded";
import { version } from "../package.json";
import { scanHostKey } from "../playbooks/runner/transport/scan-host-key";
import { createProvider } from "./create-provider";
import { playbookResource } from "./resources/playbook/playbook-resource";

/** See the header. */
export const provider = createProvider({
  environment: process.env,
  version,
  sleep,
  newId: randomUUID,
  scanHostKey,
  resources: [playbookResource],
});
