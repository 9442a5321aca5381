import { z } from 'zod'
import { settingsSchema } from '#server/platform/rules/settings.ts'
import { readSettings } from '#server/platform/settings.ts'
import { router, staffProcedure } from '#server/trpc/init.ts'
import { changeSettings } from './commands/change-settings.ts'

const changeInput = z.object({ before: settingsSchema, settings: settingsSchema })
const editing = staffProcedure('settings.edit')

export const settingsRouter = router({
  read: editing.query(({ ctx }) => readSettings(ctx.db)),
  change: editing.input(changeInput).mutation(({ ctx, input }) => changeSettings(ctx, input)),
})
