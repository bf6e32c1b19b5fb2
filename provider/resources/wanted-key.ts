/** What an SSH key is to be, in our own words. */

/** See the header. */
export interface WantedKey {
  /** Undefined for a key of the token's user. */
  readonly projectId: string | undefined;
  readonly label: string;
  /** One OpenSSH line. */
  readonly key: string;
  /** The user's; null leaves them alone. */
  readonly tags: readonly string[] | null;
  readonly claimId: string | null;
}
