/** The clock, as an argument: pure code never reads the time by itself. */

/** Milliseconds since 1970. */
export type Clock = () => number;
