/**
 * How often a tab sends a heartbeat; after how long without one it counts as gone; after how long without a key or a
 * click its user counts as away.
 */
export const presenceTimes = { heartbeatMs: 10_000, silentMs: 30_000, idleMs: 5 * 60_000 } as const
