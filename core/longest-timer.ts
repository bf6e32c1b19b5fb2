/** Milliseconds that Node's timers take, some 25 days: what is set for later goes off at once. */
export const LONGEST_TIMER_MS = 2_147_483_647;
