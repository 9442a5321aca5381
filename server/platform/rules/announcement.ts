/** What may be announced, with the type of id that names its subjects. */
export type LiveSubjects = {
  /** An event of a report was recorded: a trigger announces it, so commands need not. */
  report: number
  incident: string
  bulletin: string
  /** The users who view a report or write to it have changed. */
  presence: number
  /** A bulk run of one account has progressed: the id of the run. */
  job: string
  /** One account has something new to read. */
  notification: string
}

export type LiveKind = keyof LiveSubjects

/** Announcements meant for one account only; every other kind is sent to all accounts that may see its subjects. */
type PersonalKind = 'job' | 'notification'

export type Announcement = {
  [Kind in LiveKind]: {
    kind: Kind
    /** Null: more ids than can be listed. */
    ids: readonly LiveSubjects[Kind][] | null
  } & (Kind extends PersonalKind ? { accountId: string } : { accountId?: undefined })
}[LiveKind]

/** The PostgreSQL channel on which every process receives every announcement. */
export const liveChannel = 'live'

/** A NOTIFY payload of PostgreSQL is under 8000 bytes. The trigger `announce_events` uses the same number. */
export const mostNamed = 150
