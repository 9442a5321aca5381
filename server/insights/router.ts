import { z } from 'zod'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { readMarksWith } from '#server/reports/marks.ts'
import { router, staffProcedure } from '#server/trpc/init.ts'
import { readBoard } from './queries/board.ts'
import { explainChange } from './queries/explain.ts'
import { countMark, reportsOfMark } from './queries/marked.ts'
import { readStorm } from './queries/storm.ts'
import { readWeekly } from './queries/weekly.ts'
import { markAndTargetProcedures } from './router/marks-and-targets.ts'
import { explainDimensions } from './rules/board.ts'
import { headlineKpis } from './rules/definitions.ts'
import { boardFiltersSchema } from './rules/filters.ts'
import { parseMark } from './rules/mark.ts'
import { parseWeekly } from './rules/weekly-period.ts'

readMarksWith(reportsOfMark)

const reading = staffProcedure('insights.read')
const question = z.object({
  filters: boardFiltersSchema,
  kpi: z.enum(headlineKpis),
  dimension: z.enum(explainDimensions),
  /** The moment of the board that is explained. */
  asOf: z.date(),
})

export const insightsRouter = router({
  board: reading.input(boardFiltersSchema).query(({ ctx, input }) => readBoard(ctx, input)),
  explain: reading.input(question).query(({ ctx, input }) => explainChange(ctx, input)),
  /** The page of an incident and its big screen. */
  storm: reading.input(z.uuid()).query(({ ctx, input }) => readStorm(ctx, input)),
  /** The report to the leadership; the question as it stands in the address. */
  weekly: reading
    .input(z.record(z.string().max(40), z.union([z.string().max(200), z.array(z.string().max(200))])))
    .query(({ ctx, input }) => readWeekly(ctx, parseWeekly(input, localDayOf(ctx.now())))),
  /** What the queue says above the rows that a mark opened; the mark as it stands in the queue's address. */
  marked: reading.input(z.string().max(600)).query(({ ctx, input }) => {
    const bound = parseMark(input)
    if (!bound) throw new DomainError('not_found', { subject: 'mark' })
    return countMark(ctx, bound)
  }),
  ...markAndTargetProcedures,
})
