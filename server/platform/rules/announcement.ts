/** What may be announced, and by what its subjects are named. */
export type LiveSubjects = {
  /** Something was recorded of a report: a trigger announces it, no command need. */
  report: number
  incident: string
  bulletin: string
  /** Who looks at a report or writes to it has changed. */
  presence: number
  /** Bulk work of one account has moved on: its run. */
  job: string
  /** One account has something new to read. */
  notification: string
}

export type LiveKind = keyof LiveSubjects

/** Announcements meant for one account alone; every other kind goes to whoever may see its subjects. */
type PersonalKind = 'job' | 'notification'

export type Announcement = {
  [Kind in LiveKind]: {
    kind: Kind
    /** Null: more than can be named. */
    ids: readonly LiveSubjects[Kind][] | null
  } & (Kind extends PersonalKind ? { accountId: string } : { accountId?: undefined })
}[LiveKind]

/** The channel of PostgreSQL on which every process hears every announcement. */
export const liveChannel = 'live'

/** A notification of PostgreSQL holds fewer than 8000 bytes. The trigger `announce_events` keeps to the same figure. */
export const mostNamed = 150
