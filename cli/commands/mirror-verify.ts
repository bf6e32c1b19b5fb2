/** `armstead mirror verify FILE`: asks mirrors and registries whether every container image has linux/arm64. */
import { Command } from "commander";
import { rulesOf } from "../../cluster/catalogue";
import { CATALOGUE } from "../../constructs/catalogue";
import { imageQuestions, type ImageQuestion } from "../../constructs/mirrors/image-queries";
import type { ClusterConfig, MirrorEndpoint } from "../../cluster";
import { mapBounded, sleep } from "../../core/bounded";
import { OuterFault } from "../../core/faults";
import { formatTable } from "../../core/table";
import { isArm64 } from "../../images/references/platform";
import { formatReference } from "../../images/references/reference";
import { dockerLogins } from "../../registry/docker-logins";
import {
  findImage,
  formatPlatform,
  type RegistryContext,
  type RegistryMirror,
} from "../../registry/registry";
import { readCluster } from "../../stacks";
import type { CommandContext } from "../context";
import { loginsOf } from "../mirror-logins";

/** What became of one image. */
interface Verdict {
  readonly image: string;
  readonly arm64: boolean;
  /** Place that has it; null when it is nowhere. */
  readonly from: string | null;
  readonly digest: string | null;
  readonly platforms: readonly string[];
  /** Why nothing is known of it. */
  readonly fault: string | null;
}

/** Registries slow down who asks for more. */
const AT_ONCE = 4;

/** Makes the command. */
export function mirrorVerifyCommand(context: CommandContext): Command {
  return new Command("verify")
    .description("ask mirrors and registries whether every container image has linux/arm64")
    .argument("<file>", "cluster file; its registries.images and its deployment's are asked for")
    .option("--mirrors-only", "ask mirrors alone, never the registries themselves")
    .action(async (file: string, { mirrorsOnly = false }: { readonly mirrorsOnly?: boolean }) => {
      const output = context.output();
      const { config } = readCluster(file, context);
      const questions = questionsOf(config);
      const valueOf = loginsOf(config.registries, context.environment);
      const registry = {
        sleep,
        random: Math.random,
        login: dockerLogins(context.environment),
      };
      const verdicts = await mapBounded(questions, AT_ONCE, async (it) => {
        const query = {
          image: it.image,
          mirrors: it.endpoints.map((endpoint) => mirrorOf(endpoint, valueOf)),
          only: mirrorsOnly || it.only,
        };
        const verdict = await judge(registry, query, context.signal);
        output.progress(`${verdict.image}: ${verdict.arm64 ? "linux/arm64" : "no linux/arm64"}`);
        return verdict;
      });
      if (verdicts.length === 0) output.note("the cluster names no container image");
      output.result(verdicts, verdicts.length === 0 ? "" : tableOf(verdicts));
      if (verdicts.some(({ arm64 }) => !arm64)) context.setExitCode(1);
    });
}

function questionsOf(config: ClusterConfig): ImageQuestion[] {
  const rules = rulesOf(config.deployment, CATALOGUE);
  const described = {
    ...config,
    access: { ...config.access, sshKeys: [], privateKey: undefined, bastion: undefined },
    registries: { ...config.registries, mirrors: [] },
    bootstrap: { ...config.bootstrap, plays: [], destroyPlays: [] },
  };
  return imageQuestions(config.registries, rules?.containerImages?.(described) ?? []);
}

function mirrorOf(
  { url, ca, insecure, credentials }: MirrorEndpoint,
  valueOf: (name: string) => string,
): RegistryMirror {
  return {
    url,
    insecure,
    ...(ca ? { ca: ca.pem } : {}),
    ...(credentials
      ? {
          login: {
            username: valueOf(credentials.username),
            password: valueOf(credentials.password),
          },
        }
      : {}),
  };
}

async function judge(
  registry: RegistryContext,
  query: Parameters<typeof findImage>[1],
  signal: AbortSignal,
): Promise<Verdict> {
  const image = formatReference(query.image);
  try {
    const { digest, from, platforms } = await findImage(registry, query, { signal });
    const names = platforms.map(formatPlatform);
    return {
      image,
      arm64: platforms.some(isArm64),
      from,
      digest,
      platforms: names,
      fault: null,
    };
  } catch (error) {
    if (!(error instanceof OuterFault)) throw error;
    const { message } = error;
    return { image, arm64: false, from: null, digest: null, platforms: [], fault: message };
  }
}

function tableOf(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ image, arm64, from, platforms, fault }) => [
    image,
    arm64 ? "yes" : "no",
    from ?? "nowhere",
    fault ?? platforms.join(", "),
  ]);
  return formatTable(["container image", "linux/arm64", "from", "platforms"], rows);
}
