/** Whether files together make an image that boots. Pure. */
import { type Found, found, type Parts } from "../parts";
import type { YamlDocument } from "../../../core/yaml-document";
import { winnerOf } from "./kernel";

/** What is missing is said of the first file. */
export function checkWhole({ kernels, init }: Parts, first: YamlDocument): Found[] {
  const root = { document: first, at: [], value: first.root };
  const lacks = (problem: string, key: string): Found => found("AS1777", root, [key], { problem });
  return [
    ...(winnerOf(kernels, "image") ? [] : [lacks("the image has no kernel", "kernel")]),
    ...(init.length > 0 ? [] : [lacks("the image has no init", "init")]),
  ];
}
