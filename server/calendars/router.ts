import { z } from 'zod'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { createCalendar } from './commands/create-calendar.ts'
import { giveCalendar } from './commands/give-calendar.ts'
import { confirmDay, removeDay, saveDay } from './commands/save-day.ts'
import { removeHours, saveHours } from './commands/save-hours.ts'
import { daysOfYear, listCalendars, previewDue } from './queries/desk.ts'
import {
  createCalendarInput,
  dayInput,
  giveCalendarInput,
  previewInput,
  removeHoursInput,
  saveDayInput,
  saveHoursInput,
} from './rules/schemas.ts'

const yearInput = z.object({ year: z.number().int().min(2000).max(2100), calendarId: z.string().nullable() })
const editing = staffProcedure('calendars.edit')

export const calendarsRouter = router({
  list: editing.query(({ ctx }) => listCalendars(ctx.db, ctx.now())),
  days: editing.input(yearInput).query(({ ctx, input }) => daysOfYear(ctx.db, input.year, input.calendarId)),
  preview: editing.input(previewInput).query(({ ctx, input }) => previewDue(ctx.db, input)),
  create: editing.input(createCalendarInput).mutation(({ ctx, input }) => createCalendar(ctx, input)),
  give: editing.input(giveCalendarInput).mutation(({ ctx, input }) => giveCalendar(ctx, input)),
  saveDay: editing.input(saveDayInput).mutation(({ ctx, input }) => saveDay(ctx, input)),
  confirmDay: editing.input(dayInput).mutation(({ ctx, input }) => confirmDay(ctx, input)),
  removeDay: editing.input(dayInput).mutation(({ ctx, input }) => removeDay(ctx, input)),
  saveHours: editing.input(saveHoursInput).mutation(({ ctx, input }) => saveHours(ctx, input)),
  removeHours: editing.input(removeHoursInput).mutation(({ ctx, input }) => removeHours(ctx, input)),
})
