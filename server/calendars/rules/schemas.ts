import { z } from 'zod'
import { calendarDay, moment } from '#server/platform/rules/moment.ts'
import { calendarDayKinds, type Interval } from './working-time.ts'

/** A local day, as `yyyy-MM-dd`, that exists. */
export const localDay = calendarDay('bad_date')

const minuteOfDay = z.number().int().min(0).max(1440)
const interval = z.tuple([minuteOfDay, minuteOfDay])

/** Each interval ends after it begins, and none begins before the previous one has ended. */
export function areInOrder(intervals: readonly Interval[]): boolean {
  return intervals.every(([from, to], i) => from < to && (i === 0 || (intervals[i - 1] as Interval)[1] <= from))
}

const intervals = z.array(interval).max(8).refine(areInOrder, 'intervals_overlap')

const weekly = z
  .record(z.string().regex(/^[1-7]$/), intervals)
  .refine((week) => Object.values(week).some((day) => day.length > 0), 'no_hours')

export const calendarDayStatuses = ['confirmed', 'proposed'] as const

export const saveDayInput = z
  .object({
    /** Null: a new day. */
    id: z.uuid().nullable(),
    version: z.number().int().nonnegative(),
    /** Null: every calendar. */
    calendarId: z.string().min(1).nullable(),
    date: localDay,
    kind: z.enum(calendarDayKinds),
    /** Null: the whole day. */
    intervals: intervals.min(1, 'required').nullable(),
    name: z.string().trim().min(1, 'required').max(200, 'too_long'),
    nameEn: z.string().trim().min(1, 'required').max(200, 'too_long'),
    status: z.enum(calendarDayStatuses),
    swappedWith: z.nullable(localDay),
    source: z.string().trim().max(500, 'too_long'),
  })
  .refine(({ date, swappedWith }) => date !== swappedWith, { path: ['swappedWith'], error: 'swapped_with_itself' })
export type SaveDay = z.output<typeof saveDayInput>

export const dayInput = z.object({ id: z.uuid(), version: z.number().int().positive() })
export type DayInput = z.output<typeof dayInput>

export const saveHoursInput = z
  .object({
    calendarId: z.string().min(1),
    /** Version of the calendar: any change to its hours raises it. */
    version: z.number().int().positive(),
    /** Null: new hours. Otherwise the id of a version that has not begun. */
    id: z.uuid().nullable(),
    validFrom: localDay,
    validTo: z.nullable(localDay),
    weekly,
  })
  .refine(({ validFrom, validTo }) => validTo === null || validTo >= validFrom, {
    path: ['validTo'],
    error: 'ends_before_start',
  })
export type SaveHours = z.output<typeof saveHoursInput>

export const removeHoursInput = z.object({
  calendarId: z.string().min(1),
  version: z.number().int().positive(),
  id: z.uuid(),
})
export type RemoveHours = z.output<typeof removeHoursInput>

export const createCalendarInput = z.object({
  name: z.string().trim().min(1, 'required').max(100, 'too_long'),
  /** The calendar whose hours are copied. */
  likeId: z.string().min(1),
})
export type CreateCalendar = z.output<typeof createCalendarInput>

export const giveCalendarInput = z.object({
  calendarId: z.string().min(1),
  agencyIds: z.array(z.string().min(1).max(80)).min(1, 'required').max(500),
})
export type GiveCalendar = z.output<typeof giveCalendarInput>

/** One change to calendars, as a value: saved by its command, or previewed to count the deadlines it would move. */
export const calendarChange = z.discriminatedUnion('change', [
  z.object({ change: z.literal('save_day'), input: saveDayInput }),
  z.object({ change: z.literal('confirm_day'), input: dayInput }),
  z.object({ change: z.literal('remove_day'), input: dayInput }),
  z.object({ change: z.literal('save_hours'), input: saveHoursInput }),
  z.object({ change: z.literal('remove_hours'), input: removeHoursInput }),
])
export type CalendarChange = z.output<typeof calendarChange>

const farthestMinutes = 250 * 480

/** Input of the preview "Received … → due …". */
export const previewInput = z.object({
  calendarId: z.string().min(1),
  from: moment('required'),
  minutes: z.number('required').int('whole_minutes').min(1, 'too_short').max(farthestMinutes, 'too_large'),
})
export type Preview = z.output<typeof previewInput>
