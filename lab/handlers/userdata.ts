/** `POST /userdata/validate`: whether user data has a known format (contract 5.1). */
import { z } from "zod";
import { invalid } from "../http/api-error";
import { NOTHING } from "../http/answers";
import { readBody } from "../http/body";
import { type Answer, type Desk, type LabRequest, queryText, type Route } from "../http/route";
import { checkUserdata } from "./device-input";

const bodySchema = z.object({ userdata: z.string().default("") });

/** Routes of this file. */
export const userdataRoutes: readonly Route[] = [
  { method: "POST", path: "/userdata/validate", handler: validate },
];

function validate(_desk: Desk, { query, body }: LabRequest): Answer {
  const userdata = queryText(query, "userdata") ?? readBody(bodySchema, body).userdata;
  const errors = checkUserdata(userdata);
  if (errors.length > 0) throw invalid(...errors);
  return NOTHING;
}
