import { z } from 'zod'
import { staffProcedure } from '#server/procedures/init.ts'
import { addPhoto } from '../commands/add-photo.ts'
import { removePhoto } from '../commands/remove-photo.ts'
import { briefByCode } from '../queries/brief.ts'
import { categoryKeywords } from '../queries/category-keywords.ts'
import { colleaguesFor } from '../queries/colleagues.ts'
import { duplicatesOfDraft, likelyDuplicates } from '../queries/duplicates.ts'
import { earlierAnswers } from '../queries/earlier-answers.ts'
import { likelyAgencies } from '../queries/likely-agencies.ts'
import { mentionableOn } from '../queries/mentionable.ts'
import { partsToPick } from '../queries/parts.ts'
import { reportByCode } from '../queries/report.ts'
import { sendTimeOf } from '../queries/send-time.ts'
import { addPhotoInput, duplicateDraftInput, earlierAnswersInput, photoInput, sendTimeInput } from '../rules/schemas.ts'

const code = z.string().trim().min(1).max(40)
const reportId = z.number().int().positive()
const reading = staffProcedure('reports.read')
const handling = staffProcedure('reports.handle')

/** The queries of the page of one report, and its photos. */
export const pageProcedures = {
  byCode: reading.input(code).query(({ ctx, input }) => reportByCode(ctx, input)),
  brief: reading.input(code).query(({ ctx, input }) => briefByCode(ctx, input)),
  likelyDuplicates: reading.input(reportId).query(({ ctx, input }) => likelyDuplicates(ctx, input)),
  duplicatesOfDraft: staffProcedure('reports.receive')
    .input(duplicateDraftInput)
    .query(({ ctx, input }) => duplicatesOfDraft(ctx, input)),
  partsToPick: handling.input(reportId).query(({ ctx, input }) => partsToPick(ctx, input)),
  colleagues: handling.input(reportId).query(({ ctx, input }) => colleaguesFor(ctx, input)),
  mentionable: handling.input(reportId).query(({ ctx, input }) => mentionableOn(ctx, input)),
  sendTime: handling.input(sendTimeInput).query(({ ctx, input }) => sendTimeOf(ctx, input)),
  likelyAgencies: handling.input(reportId).query(({ ctx, input }) => likelyAgencies(ctx, input)),
  earlierAnswers: handling.input(earlierAnswersInput).query(({ ctx, input }) => earlierAnswers(ctx, input)),
  categoryKeywords: handling.query(({ ctx }) => categoryKeywords(ctx)),
  addPhoto: handling.input(addPhotoInput).mutation(({ ctx, input }) => addPhoto(ctx, input)),
  removePhoto: handling.input(photoInput).mutation(({ ctx, input }) => removePhoto(ctx, input)),
}
