/** Codes of container images and the registries that are asked about them (AS188…, AS270…). */
import type { CodeEntry } from "./entry";

/** Codes of container images and registries. */
export const REGISTRY_CODES = {
  AS1881: {
    title: "a container image that does not run on ARM64",
    why: "The registry was asked: the image's index has no manifest for linux/arm64, or the image is of another platform.",
    fix: "Use an image that has linux/arm64, or replace it by a rule in registries.rewrites.",
  },
  AS1882: {
    title: "not a container image for ARM64",
    why: "The reference is malformed, or its name says another architecture: such a name stays wrong whatever its index holds.",
    fix: "Write the reference as docker and containerd do; use the name that is proposed.",
  },
  AS1883: {
    title: "not the URL of a mirror",
    why: "A mirror is reached by http or https; a query or fragment means nothing to registries.",
    fix: "Write http or https, the host, and the path that is a prefix of the repositories.",
  },
  AS2701: {
    title: "no registry has the container image",
    why: "Every place was asked, in order, and each said that it does not have it.",
    fix: "Check name and tag; fill the mirror (armstead mirror sync prints the commands).",
  },
  AS2702: {
    title: "a registry cannot be reached",
    why: "The connection failed, no answer came in time, or the server failed, retries included.",
    fix: "Check the URL, the network and the certificate from the machine that Terraform runs on.",
  },
  AS2703: {
    title: "a registry refuses the login",
    why: "The registry asked for a login, and none was given, or the one of docker's config.json was refused.",
    fix: "Log in with docker login or skopeo login; credential helpers are not asked.",
  },
  AS2704: {
    title: "a registry's answer makes no sense",
    why: "The answer is not a manifest or index that Armstead knows, is too large, or does not have the digest that was asked for.",
    fix: "Check that the URL is that of a registry (API v2), and no proxy answers in its place.",
  },
} as const satisfies Record<string, CodeEntry>;
