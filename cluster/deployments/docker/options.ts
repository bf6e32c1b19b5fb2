/** Keys of a docker deployment. */
import { z } from "zod";
import { path, pattern } from "../../schema-values";
import { artifact } from "../artifact";

const archive = artifact("Archive of the engine for Linux, with docker/dockerd in it").extend({
  version: pattern(/^v?\d+\.\d+\.\d+([-+.][0-9A-Za-z.-]+)?$/, "a version such as 27.3.1")
    .optional()
    .describe("Version that dockerd must report; not checked when left out"),
});

/** See the header. */
export const dockerOptions = {
  engine: z
    .union([z.enum(["packages", "none"]), archive])
    .describe(
      "Where dockerd comes from: an archive, the packages of the nodes' distribution, or none: then kernel, userland, unit and options are looked after, and nothing is started",
    ),
  compose: artifact("Program of the compose plugin")
    .optional()
    .describe("The compose plugin; needed by composeFile, unless packages bring it"),
  composeFile: path
    .optional()
    .describe(
      "Compose file that every node runs; services with profiles run on the nodes of the role or pool that a profile is named after",
    ),
  options: z
    .array(
      pattern(
        /^--?[A-Za-z][A-Za-z0-9-]*(=[^\s"'\\$]+)?$/,
        "-flag or --flag=value, without blanks and quotes",
      ),
    )
    .default([])
    .describe("Flags of dockerd: DOCKER_OPTS of /etc/default/docker"),
  daemon: z
    .record(z.string(), z.json())
    .default({})
    .describe("Keys of daemon.json; registry mirrors are added from registries.mirrors"),
  environment: z
    .record(
      pattern(/^[A-Za-z_][A-Za-z0-9_]*$/, "a variable's name"),
      pattern(/^[^\n"\\$`]*$/, "one line without quotes, backslashes, $ and backticks"),
    )
    .default({})
    .describe("Environment of dockerd, such as HTTPS_PROXY or TMPDIR"),
  users: z
    .array(pattern(/^[a-z_][a-z0-9_-]{0,31}$/, "a user name"))
    .default([])
    .describe("Users of the nodes that may use docker; it makes them root there in all but name"),
};

/** A docker deployment's keys as values. */
export type DockerOptions = z.output<z.ZodObject<typeof dockerOptions>>;
