import { z } from 'zod'
import { type Actor, holds } from '#server/accounts/rules/actor.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { weekdayOf } from './period.ts'

/** A report to the leadership covers the day, the week or the month that has just ended. */
export const editions = ['daily', 'weekly', 'monthly'] as const
export type Edition = (typeof editions)[number]

/** A mailing sends one of these at set times, or reports each incident once it is closed. */
export const mailingEditions = [...editions, 'after_incident'] as const
export type MailingEdition = (typeof mailingEditions)[number]

export const attachments = ['xlsx', 'csv'] as const
export type Attachment = (typeof attachments)[number]

/**
 * `waiting` is to be claimed, `running` is claimed; the others are final. `unsure`: whether a recipient has the letter
 * is unknown, because the process that handed it over died before it got the answer.
 */
export const runStates = ['waiting', 'running', 'sent', 'skipped', 'unsure', 'failed'] as const
export type RunState = (typeof runStates)[number]

/** Final states after which it may be sent once more manually. */
export const repeatableStates = ['unsure', 'failed'] as const satisfies readonly RunState[]

/** Why a recipient gets none: each is shown in the list of runs. */
export const leftOutReasons = ['inactive', 'no_email', 'domain', 'no_figures', 'empty', 'no_server'] as const
export type LeftOutReason = (typeof leftOutReasons)[number]
export type LeftOut = { accountId: string; why: LeftOutReason }

/** What stopped a run, for readers of the list; the log has the rest. */
export const runErrors = ['unreachable', 'login', 'refused', 'stopped', 'defect'] as const
export type RunError = (typeof runErrors)[number]

/** What is told of a run; `unsent`: no letter was ever handed to a mail server. */
export type Standing = RunState | 'retrying' | 'unsent'

type Ended = {
  state: RunState
  error: RunError | null
  sentTo: readonly unknown[]
  leftOut: readonly { why: string }[]
}

/** Only what a mail server took is told as sent; without one nothing is on its way. */
export function standingOf({ state, error, sentTo, leftOut }: Ended, hasServer: boolean): Standing {
  if (state === 'sent') return sentTo.length > 0 ? 'sent' : 'unsent'
  if (state === 'skipped') return leftOut.some(({ why }) => why === 'no_server') ? 'unsent' : 'skipped'
  if (state !== 'waiting' && state !== 'running') return state
  if (!hasServer) return 'unsent'
  return state === 'waiting' && error !== null ? 'retrying' : state
}

/** Since when a mailing is due that could not begin, because there is no mail server; null: none is. */
export const unsentSince = (
  { isActive, edition, nextAt }: { isActive: boolean; edition: MailingEdition; nextAt: Date },
  hasServer: boolean,
  now: Date,
): Date | null => (!hasServer && isActive && edition !== 'after_incident' && nextAt <= now ? nextAt : null)

export const mostAttempts = 3
/** A run that was claimed this long ago is free again: the process that claimed it no longer exists. */
export const stuckAfterMinutes = 15
const pauseMinutes = [1, 5]

/** When a run that failed for the n-th time is tried again; null: never. */
export function nextAttemptAt(attempts: number, now: Date): Date | null {
  if (attempts >= mostAttempts) return null
  return new Date(now.getTime() + (pauseMinutes[attempts - 1] ?? 5) * 60_000)
}

export const saveMailingInput = z.object({
  /** Null: a new one. */
  id: z.uuid().nullable(),
  version: z.number().int().nonnegative(),
  name: z.string().trim().min(1, 'required').max(80, 'too_long'),
  edition: z.enum(mailingEditions),
  /**
   * Unused for a daily one and one after incidents; of a weekly one 1 Monday … 7 Sunday; of a monthly one the day of
   * the month, or its last day where there is no such day.
   */
  day: z.number('required').int().min(1).max(31),
  /** Minutes after midnight on Hanoi's clocks. */
  minute: z.number('required').int().min(0).max(1439),
  /**
   * A mailing due on a day off waits for the next working day; a daily one then reports the days off as well.
   */
  onWorkingDays: z.boolean(),
  /** A period without any report is not mailed. */
  skipsEmpty: z.boolean(),
  locale: z.enum(['vi', 'en']),
  attachments: z.array(z.enum(attachments)).max(2),
  recipientIds: z.array(z.uuid()).min(1, 'required').max(50, 'too_large'),
  isActive: z.boolean(),
})
export type SaveMailing = z.output<typeof saveMailingInput>
export const mailingInput = z.object({ id: z.uuid(), version: z.number().int().positive() })
export const againInput = mailingInput.extend({ runId: z.uuid() })
export const switchMailingInput = mailingInput.extend({ isActive: z.boolean() })

type Rhythm = Pick<SaveMailing, 'day' | 'minute' | 'onWorkingDays'> & { edition: Edition }
export type AnyRhythm = Omit<Rhythm, 'edition'> & { edition: MailingEdition }

/** Whether it is sent at set times; the others wait for an incident to be closed. */
export const isTimed = <Row extends { edition: MailingEdition }>(row: Row): row is Row & { edition: Edition } =>
  row.edition !== 'after_incident'

/** The next time of a rhythm after a moment; `isWorkingDay` comes from the calendar. */
export function nextRunAt(rhythm: Rhythm, after: Date, isWorkingDay: (day: LocalDay) => boolean): Date {
  // A postponed day may come after the next regular one: begin well before.
  for (let day = dayAfter(localDayOf(after), -40); ; day = dayAfter(day)) {
    if (!isOn(rhythm, day)) continue
    const at = new Date(startOfDay(putOff(rhythm, day, isWorkingDay)).getTime() + rhythm.minute * 60_000)
    if (at > after) return at
  }
}

/**
 * The latest time that has come, and the one after it. Null: none has, because the planned day has become a day off
 * meanwhile.
 */
export function latestRunAt(
  mailing: Rhythm & { nextAt: Date },
  now: Date,
  isWorkingDay: (day: LocalDay) => boolean,
): { dueAt: Date | null; nextAt: Date } {
  const day = localDayOf(mailing.nextAt)
  const isOff = putOff(mailing, day, isWorkingDay) !== day
  let dueAt = isOff ? nextRunAt(mailing, mailing.nextAt, isWorkingDay) : mailing.nextAt
  if (dueAt > now) return { dueAt: null, nextAt: dueAt }
  let nextAt = nextRunAt(mailing, dueAt, isWorkingDay)
  while (nextAt <= now) {
    dueAt = nextAt
    nextAt = nextRunAt(mailing, dueAt, isWorkingDay)
  }
  return { dueAt, nextAt }
}

/** Whether two mailings are sent at the same times. */
export const isSameRhythm = (a: AnyRhythm, b: AnyRhythm): boolean =>
  a.edition === b.edition &&
  (!isTimed(a) || (a.day === b.day && a.minute === b.minute && a.onWorkingDays === b.onWorkingDays))

function isOn({ edition, day: wanted }: Rhythm, day: LocalDay): boolean {
  if (edition === 'daily') return true
  if (edition === 'weekly') return weekdayOf(day) === Math.min(wanted, 7)
  const dayOfMonth = Number(day.slice(8))
  const isLast = dayAfter(day).endsWith('-01')
  return dayOfMonth === wanted || (isLast && dayOfMonth < wanted)
}

/** Two weeks without a working day mean that there is no calendar. */
export const longestRest = 14

/** Without a calendar: the day itself. */
function putOff({ onWorkingDays }: Rhythm, day: LocalDay, isWorkingDay: (day: LocalDay) => boolean): LocalDay {
  if (!onWorkingDays) return day
  for (let more = 0; more < longestRest; more++) if (isWorkingDay(dayAfter(day, more))) return dayAfter(day, more)
  return day
}

/** The accounts that a manager may write to: those of the agencies managed. Managers of the city see every mailing. */
export function scopeOfMailings(actor: Actor): { all: true } | { all: false; agencyIds: readonly string[] } {
  const grants = actor.grants.filter(({ role }) => role === 'manager')
  if (grants.some(({ cityWide }) => cityWide)) return { all: true }
  return { all: false, agencyIds: [...new Set(grants.flatMap(({ agencyIds }) => agencyIds))] }
}

/** A mailing belongs to the account that set it up; managers of the city may change all. */
export const mayEditMailing = (actor: Actor, ownerId: string): boolean =>
  holds(actor, 'manager', null) || (actor.id === ownerId && actor.grants.some(({ role }) => role === 'manager'))
