import { z } from 'zod'
import { router, staffProcedure } from '#server/procedures/init.ts'
import { composeBatch } from '../commands/compose-batch.ts'
import { composeNotice } from '../commands/compose-notice.ts'
import { confirmSuggestions, dismissSuggestions, reviveSuggestions } from '../commands/decide-suggestions.ts'
import { mergeReports } from '../commands/merge-reports.ts'
import { approveBatch, cancelBatch, refuseBatch, resumeBatch } from '../commands/move-batch.ts'
import { batchesOf, batchRecipients } from '../queries/answer-batches.ts'
import { previewBatch } from '../queries/batch-preview.ts'
import { incidentBreakdown, incidentPoints } from '../queries/incident-breakdown.ts'
import { suggestionsOf } from '../queries/incident-suggestions.ts'
import { previewNotice } from '../queries/notice-preview.ts'
import {
  batchInput,
  batchPreviewInput,
  composeBatchInput,
  composeNoticeInput,
  noticePreviewInput,
  refuseBatchInput,
} from '../rules/batch-schemas.ts'
import { decideSuggestionsInput, mergeReportsInput } from '../rules/schemas.ts'

const reading = staffProcedure('reports.read')
const deciding = staffProcedure('reports.handle')
const answering = staffProcedure('incidents.answer')
const notifying = staffProcedure('incidents.notify')

/** Actions on all reports of one incident together. */
export const incidentDeskRouter = router({
  suggestions: reading.input(z.uuid()).query(({ ctx, input }) => suggestionsOf(ctx, input)),
  confirm: deciding.input(decideSuggestionsInput).mutation(({ ctx, input }) => confirmSuggestions(ctx, input)),
  dismiss: deciding.input(decideSuggestionsInput).mutation(({ ctx, input }) => dismissSuggestions(ctx, input)),
  revive: deciding.input(decideSuggestionsInput).mutation(({ ctx, input }) => reviveSuggestions(ctx, input)),
  merge: deciding.input(mergeReportsInput).mutation(({ ctx, input }) => mergeReports(ctx, input)),
  breakdown: reading.input(z.uuid()).query(({ ctx, input }) => incidentBreakdown(ctx, input)),
  points: reading.input(z.uuid()).query(({ ctx, input }) => incidentPoints(ctx, input)),
  batches: reading.input(z.uuid()).query(({ ctx, input }) => batchesOf(ctx, input)),
  recipients: reading.input(z.uuid()).query(({ ctx, input }) => batchRecipients(ctx, input)),
  /** Changes nothing; a mutation because its input may be too long for an address. */
  preview: answering.input(batchPreviewInput).mutation(({ ctx, input }) => previewBatch(ctx, input)),
  compose: answering.input(composeBatchInput).mutation(({ ctx, input }) => composeBatch(ctx, input)),
  /** The same for the city's notice. */
  previewNotice: notifying.input(noticePreviewInput).mutation(({ ctx, input }) => previewNotice(ctx, input)),
  composeNotice: notifying.input(composeNoticeInput).mutation(({ ctx, input }) => composeNotice(ctx, input)),
  approve: deciding.input(batchInput).mutation(({ ctx, input }) => approveBatch(ctx, input)),
  refuse: deciding.input(refuseBatchInput).mutation(({ ctx, input }) => refuseBatch(ctx, input)),
  cancel: deciding.input(batchInput).mutation(({ ctx, input }) => cancelBatch(ctx, input)),
  resume: deciding.input(batchInput).mutation(({ ctx, input }) => resumeBatch(ctx, input)),
})
