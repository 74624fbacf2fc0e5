/** Longest delay of one timer, ms: Node fires longer ones at once. Whoever waits longer looks again. */
export const timerMsMax = 2_147_483_647;
