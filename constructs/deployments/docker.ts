/** The docker deployment: what plays need to make every node a host of Docker Engine. Pure. */
import { createHash } from "node:crypto";
import type { DeploymentRules, TextFile } from "../../cluster";
import type { DockerOptions } from "../../cluster/deployments/docker/options";
import { dockerRules } from "../../cluster/deployments/docker/rules";
import type { Fault } from "../../core/faults";
import { checkCompose, composeImages } from "../../images/docker-host/compose";
import type { DeploymentDefinition } from "../deployment-definition";
import type { DeploymentKind } from "../deployment-kind";
import { knownDeep } from "../known";
import { kernelPlay, kernelVars } from "../kernel-requirements";
import { shippedPlay } from "../shipped-play";
import { textFile } from "../text-file";

/** Options of {@link Deployment.docker}. */
export interface DockerDeploymentProps {
  /**
   * Where dockerd comes from: an archive, `packages` of the nodes' distribution, or `none`: then kernel, userland, unit
   * and options are looked after, and nothing is started.
   */
  readonly engine:
    | "packages"
    | "none"
    | { readonly url: string; readonly checksum: string; readonly version?: string };
  /** Program of the compose plugin, and its checksum. @default - none, or that of the packages */
  readonly compose?: { readonly url: string; readonly checksum: string };
  /** Compose file that every node runs, or its path. @default - none */
  readonly composeFile?: string | TextFile;
  /** Flags of dockerd, as DOCKER_OPTS has them. @default - none */
  readonly options?: readonly string[];
  /** Keys of daemon.json; mirrors are added. @default - none */
  readonly daemon?: Readonly<Record<string, unknown>>;
  /** Environment of dockerd. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Users of the nodes that may use docker. @default - none */
  readonly users?: readonly string[];
}

const judgeCompose = ({ written, content }: TextFile): readonly Fault[] =>
  checkCompose(written, content);
const rules: DeploymentRules = { ...dockerRules, files: { composeFile: judgeCompose } };

/** The kind, for cluster files. */
export const dockerKind: DeploymentKind<DockerDeploymentProps> = {
  rules,
  define: dockerDefinition,
};

/**
 * See the header.
 * @throws UserFault AS1211 and what is wrong with the compose file; AS1604 for a token in `daemon`
 */
export function dockerDefinition(props: DockerDeploymentProps): DeploymentDefinition {
  const { engine, compose, composeFile, ...rest } = props;
  const file =
    composeFile === undefined
      ? undefined
      : textFile(composeFile, "deployment.composeFile", judgeCompose);
  const options: DockerOptions = {
    engine: typeof engine === "string" ? engine : { ...engine },
    ...(compose === undefined ? {} : { compose: { ...compose } }),
    ...(file === undefined ? {} : { composeFile: file.written }),
    options: [...(rest.options ?? [])],
    daemon: knownDeep(rest.daemon ?? {}, "deployment.daemon") as DockerOptions["daemon"],
    environment: { ...rest.environment },
    users: [...(rest.users ?? [])],
  };
  const images = file === undefined ? [] : composeImages(file.content);
  return {
    rules: { ...rules, containerImages: () => images },
    options,
    plays: [kernelPlay(), shippedPlay("docker")],
    vars: { ...kernelVars("docker"), ...dockerVars(options, file) },
    daemonOptions: options.daemon,
  };
}

/** Variables of the play docker, for other deployments that run it too. */
export function dockerVars(
  { engine, compose, options, daemon, environment, users }: DockerOptions,
  file?: TextFile,
): Readonly<Record<string, unknown>> {
  const archive = typeof engine === "string" ? undefined : engine;
  return {
    docker_engine: typeof engine === "string" ? engine : "archive",
    docker_archive_url: archive?.url ?? "",
    docker_archive_checksum: archive?.checksum ?? "",
    docker_version: archive?.version?.replace(/^v/, "") ?? "",
    docker_compose_url: compose?.url ?? "",
    docker_compose_checksum: compose?.checksum ?? "",
    // Encoded, since a compose file has braces and dollars of its own.
    docker_compose_file: Buffer.from(file?.content ?? "").toString("base64"),
    docker_options: options,
    docker_environment: environment,
    docker_users: users,
    // Tells a change that dockerd takes only when it starts from one of mirrors, which it reads again.
    docker_daemon_digest: createHash("sha256").update(JSON.stringify(daemon)).digest("hex"),
  };
}
