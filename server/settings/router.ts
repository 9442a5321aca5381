import { z } from 'zod'
import { isRole } from '#server/accounts/rules/actor.ts'
import { settingsSchema } from '#server/platform/rules/settings.ts'
import { readSettings } from '#server/platform/settings.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { changeSettings } from './commands/change-settings.ts'

const citySettings = settingsSchema.refine(({ secondFactorRoles }) => secondFactorRoles.every(isRole), {
  path: ['secondFactorRoles'],
})
const changeInput = z.object({ before: citySettings, settings: citySettings })
const editing = staffProcedure('settings.edit')

export const settingsRouter = router({
  read: editing.query(({ ctx }) => readSettings(ctx.db)),
  change: editing.input(changeInput).mutation(({ ctx, input }) => changeSettings(ctx, input)),
})
