/**
 * What the play starlingx is told: files by node, and steps by stage and node. Terraform keeps it, so secrets are templates that are
 * filled in on the nodes. Pure.
 */
import type { ClusterSpec } from "../../../cluster";
import { type Site, sitesOf } from "../../../cluster/deployments/starlingx/site";
import {
  asLiteral,
  fillable,
  localhostFile,
  passwordNames,
  secretsFile,
  subcloudFile,
} from "./bootstrap-files";
import { dockerRegistries } from "./registries";
import { renderStep } from "./render-step";
import { stagesOf } from "./steps/cluster-steps";
import { planOf } from "./steps/plan";
import type { Step } from "./steps/step";
import { valuesFile } from "./steps/subcloud-steps";

/** A file in the home folder of the user that logs in. */
interface HomeFile {
  readonly name: string;
  readonly content: string;
}

/** A step as the play takes it. */
interface PlayStep {
  readonly id: string;
  readonly program: string;
  /** Rounds of a minute that it is waited for. */
  readonly rounds: number;
  readonly restarts: boolean;
  readonly secret: boolean;
}

type ByNode<T> = Readonly<Record<string, readonly T[]>>;

/** Seconds of one round. */
const ROUND_SECONDS = 60;

/** See the header. */
export function playVars(cluster: ClusterSpec): Record<string, unknown> {
  const [central, ...subclouds] = sitesOf(cluster);
  if (central === undefined) return {};
  const { sysadmin } = passwordNames(central);
  const stages = stagesOf(cluster).map(({ name, steps }) => [name, stepsByNode(steps)] as const);
  return {
    starlingx_sysadmin: `{{ ${sysadmin} }}`,
    starlingx_files: openFiles(central, subclouds, cluster),
    starlingx_secret_files: secretFiles(central, subclouds, cluster),
    starlingx_stages: {
      site: {},
      add: {},
      subclouds: {},
      manage: {},
      ...Object.fromEntries(stages),
    },
  };
}

function stepsByNode(steps: readonly Step[]): ByNode<PlayStep> {
  return Object.fromEntries(
    [...new Set(steps.map(({ on }) => on))].map((node) => [
      node,
      steps.filter(({ on }) => on === node).map(playStep),
    ]),
  );
}

function playStep(it: Step): PlayStep {
  const secret = it.commands.some(({ argv }) =>
    argv.some((word) => typeof word !== "string" && "secret" in word),
  );
  return {
    id: it.id,
    program: asLiteral(renderStep(it)),
    rounds: Math.ceil((it.wait?.seconds ?? 0) / ROUND_SECONDS),
    restarts: it.restarts === true,
    secret,
  };
}

function openFiles(
  central: Site,
  subclouds: readonly Site[],
  cluster: ClusterSpec,
): ByNode<HomeFile> {
  const open = subclouds.filter((it) => !dockerRegistries(it, cluster).hasLogins);
  return {
    [planOf(central).on]: [
      localhost(central, cluster),
      ...open.map((it) => ({
        name: valuesFile(it),
        content: asLiteral(subcloudFile(it, cluster)),
      })),
    ],
    // dcmanager bootstraps a subcloud from afar; the lab's cannot, and has this file.
    ...Object.fromEntries(subclouds.map((it) => [planOf(it).on, [localhost(it, cluster)]])),
  };
}

function localhost(site: Site, cluster: ClusterSpec): HomeFile {
  return { name: "localhost.yml", content: asLiteral(localhostFile(site, cluster)) };
}

function secretFiles(
  central: Site,
  subclouds: readonly Site[],
  cluster: ClusterSpec,
): ByNode<HomeFile> {
  const closed = subclouds.filter((it) => dockerRegistries(it, cluster).hasLogins);
  const secrets = (it: Site): HomeFile => ({
    name: "secrets.yml",
    content: fillable(secretsFile(it, central, cluster)),
  });
  return {
    [planOf(central).on]: [
      secrets(central),
      ...closed.map((it) => ({
        name: valuesFile(it),
        content: fillable(subcloudFile(it, cluster)),
      })),
    ],
    ...Object.fromEntries(subclouds.map((it) => [planOf(it).on, [secrets(it)]])),
  };
}
