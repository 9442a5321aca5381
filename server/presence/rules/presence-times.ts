/**
 * A tab says this often what it has open; one that was silent for so long is gone; without a key or a click for so long
 * nobody sits there.
 */
export const presenceTimes = { heartbeatMs: 10_000, silentMs: 30_000, idleMs: 5 * 60_000 } as const
