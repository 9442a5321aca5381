import { z } from 'zod'
import { assertConfirmed } from '#server/accounts/commands/confirm-identity.ts'
import type { Context } from '#server/accounts/context.ts'
import { router, staffProcedure } from '#server/procedures/init.ts'
import {
  correctBulletin,
  discardCorrection,
  restoreRevision,
  unpublishBulletin,
  withdrawBulletin,
} from './commands/correct-bulletin.ts'
import { createBulletin } from './commands/create-bulletin.ts'
import { bringBackBulletin, discardBulletin } from './commands/discard-bulletin.ts'
import { makePreview, revokePreviews } from './commands/make-preview.ts'
import {
  lookBack,
  publishBulletin,
  publishUnreviewed,
  scheduleBulletin,
  unscheduleBulletin,
} from './commands/publish-bulletin.ts'
import { releaseSet } from './commands/release-set.ts'
import { addRemark, resolveRemark } from './commands/remarks.ts'
import {
  approveBulletin,
  claimReview,
  releaseReview,
  requestChanges,
  submitBulletin,
  takeBackBulletin,
} from './commands/review-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { isAnyAlert } from './queries/alerting.ts'
import { announcementFor } from './queries/announcement.ts'
import { bulletinById, bulletinTimeline, diffRevisions, revisionsOf } from './queries/bulletin.ts'
import { alertOf, checkSaved, consequenceOf, isAlerting, reachOf } from './queries/check.ts'
import { bulletinCounts, listBulletins } from './queries/list.ts'
import { readersOf } from './queries/readers.ts'
import { stormCounters } from './queries/storm-counters.ts'
import { areasOfStreets } from './queries/street-areas.ts'
import * as inputs from './rules/schemas.ts'

const reading = staffProcedure('bulletins.read')
const writing = staffProcedure('bulletins.write')
const reviewing = staffProcedure('bulletins.review')
const publishing = staffProcedure('bulletins.publish')
const { bulletinChange } = inputs

type Publishing = Pick<Context, 'db' | 'now'> & { session: { id: string } }

/** An alert wakes people up: a user who sends one, or schedules it, must have confirmed their identity recently. */
async function assertMayAlert(ctx: Publishing, ids: readonly string[]): Promise<void> {
  if (await isAnyAlert(ctx.db, ids)) await assertConfirmed(ctx, ctx.session.id)
}

export const bulletinsRouter = router({
  list: reading.input(inputs.listBulletinsInput).query(({ ctx, input }) => listBulletins(ctx, input)),
  counts: reading.input(inputs.listBulletinsInput).query(({ ctx, input }) => bulletinCounts(ctx, input)),
  byId: reading.input(z.uuid()).query(({ ctx, input }) => bulletinById(ctx, input)),
  revisions: reading.input(z.uuid()).query(({ ctx, input }) => revisionsOf(ctx.db, input)),
  diff: reading.input(inputs.diffRevisionsInput).query(({ ctx, input }) => diffRevisions(ctx.db, input)),
  timeline: reading.input(z.uuid()).query(({ ctx, input }) => bulletinTimeline(ctx.db, input)),
  check: reading.input(inputs.checkBulletinInput).query(({ ctx, input }) => checkSaved(ctx, input)),
  reach: reading.input(z.uuid()).query(({ ctx, input }) => reachOf(ctx, input)),
  streetAreas: reading.input(inputs.streetAreasInput).query(({ ctx, input }) => areasOfStreets(ctx, input.text)),
  isAlerting: reading.input(z.uuid()).query(({ ctx, input }) => isAlerting(ctx, input)),
  consequence: reading.input(inputs.checkBulletinInput).query(({ ctx, input }) => consequenceOf(ctx, input)),
  alert: reading.input(z.uuid()).query(({ ctx, input }) => alertOf(ctx, input)),
  announcement: reading.input(z.uuid()).query(({ ctx, input }) => announcementFor(ctx, input)),
  readers: reading.input(inputs.readersInput).query(({ ctx, input }) => readersOf(ctx, input)),
  stormCounters: reading.input(z.uuid()).query(({ ctx, input }) => stormCounters(ctx.db, input)),

  create: writing.input(inputs.createBulletinInput).mutation(({ ctx, input }) => createBulletin(ctx, input)),
  save: writing.input(inputs.saveBulletinInput).mutation(({ ctx, input }) => saveBulletin(ctx, input)),
  restore: writing.input(inputs.restoreRevisionInput).mutation(({ ctx, input }) => restoreRevision(ctx, input)),
  submit: writing.input(inputs.submitBulletinInput).mutation(({ ctx, input }) => submitBulletin(ctx, input)),
  takeBack: writing.input(bulletinChange).mutation(({ ctx, input }) => takeBackBulletin(ctx, input)),
  correct: writing.input(inputs.correctBulletinInput).mutation(({ ctx, input }) => correctBulletin(ctx, input)),
  discardCorrection: writing.input(bulletinChange).mutation(({ ctx, input }) => discardCorrection(ctx, input)),
  discard: writing.input(bulletinChange).mutation(({ ctx, input }) => discardBulletin(ctx, input)),
  bringBack: writing.input(bulletinChange).mutation(({ ctx, input }) => bringBackBulletin(ctx, input)),
  addRemark: writing.input(inputs.addRemarkInput).mutation(({ ctx, input }) => addRemark(ctx, input)),
  resolveRemark: writing.input(inputs.remarkInput).mutation(({ ctx, input }) => resolveRemark(ctx, input)),
  revokePreviews: writing.input(inputs.revokePreviewsInput).mutation(({ ctx, input }) => revokePreviews(ctx, input)),
  makePreview: writing.input(inputs.makePreviewInput).mutation(({ ctx, input }) => makePreview(ctx, input)),

  claimReview: reviewing.input(bulletinChange).mutation(({ ctx, input }) => claimReview(ctx, input)),
  releaseReview: reviewing.input(bulletinChange).mutation(({ ctx, input }) => releaseReview(ctx, input)),
  requestChanges: reviewing.input(inputs.requestChangesInput).mutation(({ ctx, input }) => requestChanges(ctx, input)),
  approve: reviewing.input(inputs.approveBulletinInput).mutation(({ ctx, input }) => approveBulletin(ctx, input)),
  lookBack: reviewing.input(inputs.lookBackInput).mutation(({ ctx, input }) => lookBack(ctx, input)),

  schedule: publishing.input(inputs.scheduleBulletinInput).mutation(async ({ ctx, input }) => {
    await assertMayAlert(ctx, [input.id])
    return scheduleBulletin(ctx, input)
  }),
  unschedule: publishing.input(bulletinChange).mutation(({ ctx, input }) => unscheduleBulletin(ctx, input)),
  publish: publishing.input(inputs.publishBulletinInput).mutation(async ({ ctx, input }) => {
    await assertMayAlert(ctx, [input.id])
    return publishBulletin(ctx, input)
  }),
  publishUnreviewed: staffProcedure('bulletins.publish_unreviewed')
    .input(inputs.publishUnreviewedInput)
    .mutation(({ ctx, input }) => publishUnreviewed(ctx, input)),
  releaseSet: publishing.input(inputs.releaseSetInput).mutation(async ({ ctx, input }) => {
    const ids = input.bulletins.map(({ id }) => id)
    if (input.move !== 'approve') await assertMayAlert(ctx, ids)
    return releaseSet(ctx, input)
  }),
  withdraw: publishing.input(inputs.withdrawBulletinInput).mutation(({ ctx, input }) => withdrawBulletin(ctx, input)),
  unpublish: publishing
    .input(inputs.unpublishBulletinInput)
    .mutation(({ ctx, input }) => unpublishBulletin(ctx, input)),
})
