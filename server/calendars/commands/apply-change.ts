import type { Context } from '#server/accounts/context.ts'
import type { CalendarChange } from '../rules/schemas.ts'
import { confirmDay, removeDay, saveDay } from './save-day.ts'
import { removeHours, saveHours } from './save-hours.ts'

/** Applies a change to calendars by its name: the preview before saving runs the same command that saves. */
export async function applyCalendarChange(ctx: Context, change: CalendarChange): Promise<{ id: string }> {
  switch (change.change) {
    case 'save_day':
      return saveDay(ctx, change.input)
    case 'confirm_day':
      return confirmDay(ctx, change.input)
    case 'remove_day':
      return removeDay(ctx, change.input)
    case 'save_hours':
      return saveHours(ctx, change.input)
    case 'remove_hours':
      return removeHours(ctx, change.input)
  }
}
