import { z } from 'zod'
import { DomainError } from '#server/platform/errors.ts'
import { moment } from '#server/platform/rules/moment.ts'
import { inTurn, lookingProcedure, router, staffProcedure } from '#server/procedures/init.ts'
import { readDrillDownsWith } from '#server/reports/drill-downs.ts'
import { answerExplanation, askExplanation, withdrawExplanation } from './commands/explanations.ts'
import { remindOwner } from './commands/remind-owner.ts'
import { readBoard } from './queries/board.ts'
import { readCaseMix } from './queries/case-mix.ts'
import { countDataPoint, drillDownReader } from './queries/drill-down.ts'
import { explainChange } from './queries/explain.ts'
import { issuedById, issuedNow, listIssued } from './queries/issued.ts'
import { readStorm } from './queries/storm.ts'
import { readToday } from './queries/today.ts'
import { readWeekly } from './queries/weekly.ts'
import { readWhatIf } from './queries/what-if.ts'
import { annotationAndTargetProcedures } from './router/annotations-and-targets.ts'
import { mailingProcedures } from './router/mailings.ts'
import { explainDimensions } from './rules/board.ts'
import { boardFiltersSchema } from './rules/board-input.ts'
import { parseDrillDown } from './rules/data-point.ts'
import { headlineKpis } from './rules/definitions.ts'
import { answerExplanationInput, askExplanationInput, withdrawExplanationInput } from './rules/explanations.ts'
import { issuedInput } from './rules/issued-input.ts'
import { ownFirst } from './rules/own-agency.ts'
import { riskActionInput } from './rules/risk-actions.ts'
import { todayInput } from './rules/today-input.ts'
import { weeklyQuestionSchema } from './rules/weekly-period.ts'
import { whatIfInput } from './rules/what-if/input.ts'

readDrillDownsWith(drillDownReader)

const reading = staffProcedure('insights.read')
/** Of which board, and of which moment. */
const boardAt = z.object({ filters: boardFiltersSchema, asOf: moment() })
const question = z.object({ ...boardAt.shape, kpi: z.enum(headlineKpis), dimension: z.enum(explainDimensions) })

export const insightsRouter = router({
  board: reading
    .use(inTurn)
    .input(boardFiltersSchema)
    .query(({ ctx, input }) => readBoard(ctx, ownFirst(ctx.actor, input))),
  explain: reading
    .use(inTurn)
    .input(question)
    .query(({ ctx, input }) => explainChange(ctx, { ...input, filters: ownFirst(ctx.actor, input.filters) })),
  /** Agencies against others with the same mix of promises. */
  caseMix: reading
    .use(inTurn)
    .input(boardAt)
    .query(({ ctx, input }) => readCaseMix(ctx, { ...input, filters: ownFirst(ctx.actor, input.filters) })),
  /** The page of an incident, and its wall screen, which no one operates. */
  storm: reading
    .use(inTurn)
    .input(z.uuid())
    .query(({ ctx, input }) => readStorm(ctx, input)),
  wall: lookingProcedure('insights.read')
    .use(inTurn)
    .input(z.uuid())
    // Its cells are for the playable map: most of the response, and not used on a wall screen.
    .query(async ({ ctx, input }) => ({ ...(await readStorm(ctx, input)), cells: [] })),
  /** The report to the leadership of a week or a month that has ended. */
  weekly: reading
    .use(inTurn)
    .input(weeklyQuestionSchema)
    .query(({ ctx, input }) => readWeekly(ctx, ownFirst(ctx.actor, input))),
  /**
   * What the queue shows above the reports of a drill-down. The input is the `mark` parameter of the queue's address.
   */
  drillDown: reading
    .use(inTurn)
    .input(z.string().max(600))
    .query(({ ctx, input }) => {
      const bound = parseDrillDown(input)
      if (!bound) throw new DomainError('not_found', { subject: 'mark' })
      return countDataPoint(ctx, bound)
    }),
  /** The page of the morning, for an agency that the account leads. */
  today: staffProcedure('insights.today')
    .use(inTurn)
    .input(todayInput)
    .query(({ ctx, input }) => readToday(ctx, input.agency)),
  /** Notifies the head of an agency of a risk of today. */
  remind: staffProcedure('insights.remind')
    .use(inTurn)
    .input(riskActionInput)
    .mutation(({ ctx, input }) => remindOwner(ctx, input)),
  /** Asks the head of an agency to explain a risk by a day; they answer once, unless it is withdrawn before. */
  askExplanation: staffProcedure('insights.ask_explanation')
    .use(inTurn)
    .input(askExplanationInput)
    .mutation(({ ctx, input }) => askExplanation(ctx, input)),
  answerExplanation: staffProcedure('insights.give_explanation')
    .input(answerExplanationInput)
    .mutation(({ ctx, input }) => answerExplanation(ctx, input)),
  withdrawExplanation: staffProcedure('insights.ask_explanation')
    .input(withdrawExplanationInput)
    .mutation(({ ctx, input }) => withdrawExplanation(ctx, input)),
  /** The work of an agency as its log has it, to ask what would come of changes. */
  whatIf: staffProcedure('insights.what_if')
    .use(inTurn)
    .input(whatIfInput)
    .query(({ ctx, input }) => readWhatIf(ctx, input.agency)),
  /** Reports to the leadership as they were sent, and one of them counted from what is known now. */
  issued: reading.input(issuedInput).query(({ ctx, input }) => listIssued(ctx, input.cursor ?? null)),
  issuedById: reading.input(z.uuid()).query(({ ctx, input }) => issuedById(ctx, input)),
  issuedNow: reading
    .use(inTurn)
    .input(z.uuid())
    .query(({ ctx, input }) => issuedNow(ctx, input)),
  ...annotationAndTargetProcedures,
  ...mailingProcedures,
})
