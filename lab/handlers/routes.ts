/** The routing table of the API, put together from one list a subject. */
import type { Route } from "../http/route";
import { apiKeyRoutes } from "./api-keys";
import { capacityRoutes } from "./capacity";
import { catalogueRoutes } from "./catalogue";
import { createDeviceRoutes } from "./create-device";
import { deviceActionRoutes } from "./device-actions";
import { deviceBatchRoutes } from "./device-batches";
import { deviceReadRoutes } from "./device-reads";
import { deviceRoutes } from "./devices";
import { ipReservationRoutes } from "./ip-reservations";
import { ipRoutes } from "./ips";
import { portVlanRoutes } from "./port-vlans";
import { portRoutes } from "./ports";
import { projectRoutes } from "./projects";
import { sshKeyRoutes } from "./ssh-keys";
import { userdataRoutes } from "./userdata";
import { vlanRoutes } from "./vlans";

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
  ...deviceBatchRoutes,
  ...userdataRoutes,
  ...vlanRoutes,
  ...portRoutes,
  ...portVlanRoutes,
  ...ipReservationRoutes,
  ...ipRoutes,
];
