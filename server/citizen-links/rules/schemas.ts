import * as z from 'zod/mini'
import { changeInput, citizenRepliedInput, rateInput, reopenInput } from '#server/reports/rules/schemas.ts'

/** What the sender of a report may say on its page, or through a program: the inputs of the same commands of staff. */
export const citizenRating = z.pick(rateInput, { rating: true, words: true })
export type CitizenRating = z.output<typeof citizenRating>

export const citizenReopening = z.pick(reopenInput, { reason: true })
export type CitizenReopening = z.output<typeof citizenReopening>

export const citizenInformation = z.object({ body: citizenRepliedInput.shape.reply })
export type CitizenInformation = z.output<typeof citizenInformation>

/** Intake makes and revokes links of a report, whatever its version. */
export const linkInput = z.pick(changeInput, { reportId: true })
