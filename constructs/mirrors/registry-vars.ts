/**
 * Rendered files as variables of the play registry-mirrors. Pure. Files with logins are apart: a refresh, which has no
 * secret, judges the others. Clusters without logins have the first variable only.
 */
import type { RenderedFile } from "./rendered-file";

/** See the header. */
export function registryVars(files: readonly RenderedFile[]): Record<string, unknown> {
  const logins = files.filter(({ secret }) => secret);
  return {
    registry_files: files.filter(({ secret }) => !secret),
    ...(logins.length > 0
      ? {
          registry_login_files: logins.map(({ path, content }) => ({ path, content })),
          registry_login_paths: logins.map(({ path }) => path),
        }
      : {}),
  };
}
