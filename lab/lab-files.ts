/** What a lab puts at the top of its folder; anything else in there is somebody's, and stays. Pure. */
import { LAB_CONNECTION_FILE } from "../api/lab-connection";
import { STATE_FILE } from "./store/store";

/** Folder of the machines. */
export const MACHINES_FOLDER = "machines";
/** The server's log. */
export const LOG_FILE = "server.log";
/** Held by the server, or by a command that changes the folder. */
export const LOCK_FILE = "lock.json";

const OWN = [MACHINES_FOLDER, LOG_FILE, LOCK_FILE, LAB_CONNECTION_FILE, STATE_FILE];

/** Whether a name at the top of the folder is the lab's: a file of its own, a rotated or a half-written one. */
export function isLabFile(name: string): boolean {
  return OWN.some((it) => name === it || name === `${it}.new` || name === `${it}.1`);
}
