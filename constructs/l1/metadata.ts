/** What the generated classes share. Written by hand. */
import { type IResolvable, type TerraformProviderGeneratorMetadata, Tokenization } from "cdktf";
import { version } from "../../package.json";

/** Address of the provider; never looked up on a network, since stacks carry it with them. */
export const PROVIDER_SOURCE = "terraform.local/armstead/armstead";
/** Version of the provider: it is released with this package. */
export const PROVIDER_VERSION = version;

/** Provider and version of every class. */
export const metadata: TerraformProviderGeneratorMetadata = {
  providerName: "armstead",
  providerVersion: PROVIDER_VERSION,
};

/** Renders each object of a list or map; an expression stays as it is. */
export function mapValues<T>(
  values: readonly T[] | Readonly<Record<string, T>> | IResolvable | undefined,
  render: (value: T) => unknown,
): unknown {
  if (values === undefined || isExpression(values)) return values;
  if (isList(values)) return values.map((it) => (isExpression(it) ? it : render(it)));
  return Object.fromEntries(
    Object.entries(values).map(([key, it]) => [key, isExpression(it) ? it : render(it)]),
  );
}

function isExpression(value: unknown): value is IResolvable {
  return Tokenization.isResolvable(value);
}

function isList<T>(values: readonly T[] | Readonly<Record<string, T>>): values is readonly T[] {
  return Array.isArray(values);
}
