/** Refusals in the API's own words: a status and one text a fault (contract 1.1). */

/** See the module's header. Thrown by handlers, answered by the server. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /**
   * @param status - the HTTP status
   * @param errors - one text a fault
   */
  constructor(
    readonly status: number,
    readonly errors: readonly string[],
  ) {
    super(errors.join("; "));
  }
}

/** 404 in the API's words. */
export function notFound(): ApiError {
  return new ApiError(404, ["Not found"]);
}

/** 422 with one text a fault. */
export function invalid(...errors: string[]): ApiError {
  return new ApiError(422, errors);
}

/** 403 in the API's words. */
export function forbidden(text = "You are not authorized to do this"): ApiError {
  return new ApiError(403, [text]);
}

/** Text of a fault that is not the client's. */
export const SERVER_ERROR_TEXT =
  "Oh snap, something went wrong! We've logged the error and will take a look - please reach out to us if you continue having trouble.";
