import { z } from 'zod'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { boardComparison, boardConditions, isBoardDay, periodPresets } from './filters.ts'

const day = z.iso.date().refine(isBoardDay)

/** The filters as input of a procedure. */
export const boardFiltersSchema = z.object({
  period: z.union([z.enum(periodPresets), z.object({ from: day, to: day }).refine(({ from, to }) => from <= to)]),
  ...shapeOf(boardComparison),
  ...shapeOf(boardConditions),
})
