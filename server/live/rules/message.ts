import type { LiveKind, LiveSubjects } from '#server/platform/rules/announcement.ts'

/**
 * A message to a browser: these have changed; reload them if you show them. `ids: null` means more than can be named.
 * `catch_up`: something may have been missed, reload everything.
 */
export type LiveMessage =
  | { [Kind in LiveKind]: { kind: Kind; ids: readonly LiveSubjects[Kind][] | null } }[LiveKind]
  | { kind: 'catch_up' }

export const liveLimits = {
  /** Announcements within this time are sent to a browser together. */
  gatherMilliseconds: 200,
  /** The maximum number of subjects named in one message; above it, the message says that there are many. */
  mostNamed: 200,
  /** A process sends a notification to itself this often, to check that it still receives them. */
  pulseSeconds: 15,
  /**
   * After this time without any notification a process assumes that it receives none, and sends `catch_up` at every
   * pulse.
   */
  deafSeconds: 40,
  /** The sessions of open streams are checked this often, and at once when one is revoked. */
  checkSeconds: 15,
  /** The maximum number of streams of one session; one more ends the oldest. */
  streamsPerSession: 8,
} as const
