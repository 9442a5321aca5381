import { z } from 'zod'
import { router, staffProcedure } from '#server/trpc/init.ts'
import { createBulletin } from './commands/create-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { bulletinById, bulletinTimeline, diffRevisions, revisionsOf } from './queries/bulletin.ts'
import { bulletinCounts, listBulletins } from './queries/list.ts'
import { createBulletinInput, diffRevisionsInput, listBulletinsInput, saveBulletinInput } from './rules/schemas.ts'

const reading = staffProcedure('bulletins.read')
const writing = staffProcedure('bulletins.write')

export const bulletinsRouter = router({
  list: reading.input(listBulletinsInput).query(({ ctx, input }) => listBulletins(ctx, input)),
  counts: reading.input(listBulletinsInput).query(({ ctx, input }) => bulletinCounts(ctx, input)),
  byId: reading.input(z.uuid()).query(({ ctx, input }) => bulletinById(ctx, input)),
  revisions: reading.input(z.uuid()).query(({ ctx, input }) => revisionsOf(ctx.db, input)),
  diff: reading.input(diffRevisionsInput).query(({ ctx, input }) => diffRevisions(ctx.db, input)),
  timeline: reading.input(z.uuid()).query(({ ctx, input }) => bulletinTimeline(ctx.db, input)),
  create: writing.input(createBulletinInput).mutation(({ ctx, input }) => createBulletin(ctx, input)),
  save: writing.input(saveBulletinInput).mutation(({ ctx, input }) => saveBulletin(ctx, input)),
})
