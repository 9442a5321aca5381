import type { LiveKind, LiveSubjects } from '#server/platform/rules/announcement.ts'

/**
 * What a browser is told: these have changed; ask again if you show them. `ids: null` means more than can be named.
 * `catch_up`: something may have been missed, ask again for everything.
 */
export type LiveMessage =
  | { [Kind in LiveKind]: { kind: Kind; ids: readonly LiveSubjects[Kind][] | null } }[LiveKind]
  | { kind: 'catch_up' }

export const liveLimits = {
  /** Announcements of this span reach a browser together. */
  gatherMilliseconds: 200,
  /** Subjects named to one browser at a time; beyond, it is told that there are many. */
  mostNamed: 200,
  /** A process says something to itself this often, to know that it still hears. */
  pulseSeconds: 15,
  /** After this silence it takes itself for deaf, and tells browsers to ask at every pulse. */
  deafSeconds: 40,
  /** Sign-ins of open streams are read again this often, besides at once when one is ended. */
  checkSeconds: 15,
  /** Streams of one sign-in; another one ends the oldest. */
  streamsPerSession: 8,
} as const
