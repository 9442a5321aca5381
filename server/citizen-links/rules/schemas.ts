import * as z from 'zod/mini'
import { changeInput, citizenRepliedInput, rateInput, reopenInput } from '#server/reports/rules/schemas.ts'

/** The reporter's input on the page or through a program: the inputs of the same commands as for staff. */
export const citizenRating = z.pick(rateInput, { rating: true, words: true })
export type CitizenRating = z.output<typeof citizenRating>

export const citizenReopening = z.pick(reopenInput, { reason: true })
export type CitizenReopening = z.output<typeof citizenReopening>

export const citizenInformation = z.object({ body: citizenRepliedInput.shape.reply })
export type CitizenInformation = z.output<typeof citizenInformation>

/** Without a version, because links do not change the report. */
export const linkInput = z.pick(changeInput, { reportId: true })
