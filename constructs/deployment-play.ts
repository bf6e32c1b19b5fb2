/** A playbook of a deployment. */
import { currentBase, valueOf } from "./files";
import { readPlaybook } from "../cluster/references";

/** A playbook of a deployment with the files that travel with it. */
export interface DeploymentPlay {
  /** Name that errors show. */
  readonly name: string;
  /** YAML. */
  readonly content: string;
  /** Content by path, as tasks name it. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * A playbook that a package brings for its deployment, with what lies in files/, tasks/ and templates/ beside it.
 * @param name - shown by errors; best with the package's name first, since files of all playbooks lie below it
 * @param file - absolute path
 * @throws UserFault AS1211, AS1227
 */
export function deploymentPlay(name: string, file: string): DeploymentPlay {
  const { content, files } = valueOf(readPlaybook(file, currentBase()), name);
  return { name, content, files };
}
