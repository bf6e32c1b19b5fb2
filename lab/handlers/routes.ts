/** The routing table of the API, put together from one list a subject. */
import type { Route } from "../http/route";
import { apiKeyRoutes } from "./api-keys";
import { capacityRoutes } from "./capacity";
import { catalogueRoutes } from "./catalogue";
import { createDeviceRoutes } from "./create-device";
import { deviceActionRoutes } from "./device-actions";
import { deviceReadRoutes } from "./device-reads";
import { deviceRoutes } from "./devices";
import { projectRoutes } from "./projects";
import { sshKeyRoutes } from "./ssh-keys";

/** Every route of the service that the lab has; its own admin routes are apart. */
export const API_ROUTES: readonly Route[] = [
  ...projectRoutes,
  ...sshKeyRoutes,
  ...apiKeyRoutes,
  ...catalogueRoutes,
  ...capacityRoutes,
  ...deviceRoutes,
  ...createDeviceRoutes,
  ...deviceActionRoutes,
  ...deviceReadRoutes,
];
