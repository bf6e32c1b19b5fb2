/** What a playbook's text and its travelling files look like on their way in. */

/** A playbook's text and the name that errors show. */
export interface PlaybookSource {
  readonly name: string;
  /** YAML. */
  readonly content: string;
}

/** Files that travel with playbooks: path (with `/`, relative) → content. */
export type TravellingFiles = ReadonlyMap<string, string>;
