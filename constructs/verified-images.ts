/**
 * Asks registries, when a plan is made, whether the container images of a cluster have linux/arm64.
 * One data source with an instance an image; nothing is there while nothing is to be asked.
 */
import { Lazy, TerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import { formatReference } from "../images/references/reference";
import { escapeTemplates } from "./expression";
import { DataContainerImage } from "./l1/data-container-image";
import type { ArmsteadProvider } from "./l1/provider";
import type { ImageQuestion } from "./mirrors/image-queries";

/** What it gets of its cluster. */
export interface VerifiedImagesContext {
  readonly provider: ArmsteadProvider;
  /** Name in Terraform. */
  readonly resourceName: string;
  /** Asked at synth. */
  questions(): readonly ImageQuestion[];
}

/** See the header. */
export class VerifiedImages extends DataContainerImage {
  readonly #context: VerifiedImagesContext;

  /**
   * @param scope - the cluster
   * @param id - unique among its siblings
   * @param context - what it gets of the cluster
   */
  constructor(scope: Construct, id: string, context: VerifiedImagesContext) {
    const byName = Lazy.anyValue({
      produce: () => escapeTemplates(Object.fromEntries(context.questions().map(instance))),
    });
    const images = TerraformIterator.fromMap(byName);
    super(scope, id, {
      provider: context.provider,
      forEach: images,
      image: images.key,
      mirrors: images.getAny("mirrors"),
      only: images.getBoolean("only"),
    });
    this.#context = context;
    this.overrideLogicalId(context.resourceName);
  }

  /** Nothing without images. */
  override toTerraform(): object {
    return this.#context.questions().length === 0 ? {} : (super.toTerraform() as object);
  }
}

function instance({ image, endpoints, only }: ImageQuestion): [string, unknown] {
  const mirrors = endpoints.map(({ url, ca, insecure }) => ({
    url,
    ca: ca?.pem ?? null,
    insecure,
  }));
  return [formatReference(image), { mirrors, only }];
}
