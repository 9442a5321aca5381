import { changeAgencyInput, createAgencyInput, endAgencyInput } from '#server/agencies/rules/agency.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { endAgency } from './commands/end-agency.ts'
import { changeAgency, createAgency } from './commands/save-agency.ts'
import { listAgencies } from './queries.ts'

const admin = staffProcedure('agencies.edit')

/** The tree of agencies. This package comes after the reports, because an ending agency passes its reports on. */
export const organisationRouter = router({
  agencies: admin.query(({ ctx }) => listAgencies(ctx.db)),
  create: admin.input(createAgencyInput).mutation(({ ctx, input }) => createAgency(ctx, input)),
  change: admin.input(changeAgencyInput).mutation(({ ctx, input }) => changeAgency(ctx, input)),
  end: admin.input(endAgencyInput).mutation(({ ctx, input }) => endAgency(ctx, input)),
})
