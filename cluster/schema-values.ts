/** Kinds of text that cluster files are made of. Their messages follow "is not …" and name the form. */
import { z } from "zod";
import { LAB_ENDPOINT } from "../core/lab-defaults";

/** Text of a form; `form` says which in words. */
export function pattern(regex: RegExp, form: string) {
  return z.string().regex(regex, form);
}

/** Text of a length, on one line. */
export function text(min: number, max: number) {
  return pattern(/^[^\p{Cc}]*$/u, "one line without control characters")
    .min(min)
    .max(max);
}

/** A path; what it may begin with is the loader's matter. */
export const path = text(1, 4_096);

/** A slug of the API: a plan, a metro. */
export const slug = pattern(/^[a-z0-9][a-z0-9._-]{0,79}$/, "lower-case letters, digits and . _ -");

const HOST = /([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(:\d{1,5})?/.source;
const URL_OF_HOST = `https?://${HOST}(/[A-Za-z0-9._~/-]*)?`;

/**
 * An http or https URL of a host and an optional path. Credentials are refused, since
 * everything in a cluster file ends up in Terraform's state.
 */
export const httpUrl = pattern(
  new RegExp(`^${URL_OF_HOST}$`),
  "an http or https URL without user, query and fragment",
);

/** The lab, or the URL of an API. */
export const apiEndpoint = pattern(
  new RegExp(`^(${LAB_ENDPOINT}|${URL_OF_HOST})$`),
  `${LAB_ENDPOINT}, or an http or https URL without user, query and fragment`,
);
