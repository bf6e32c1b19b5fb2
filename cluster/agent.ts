/** The word that means: keys come from an SSH agent, or from the environment. */
export const AGENT = "agent";
