import type { OutcomeOf } from '#server/reports/rules/outcome.ts'

/** The values of the sentence `reports.outcomeSaid`. */
export const outcomeValues = ({ outcome, plannedFor, referredTo }: OutcomeOf) => ({
  outcome: outcome ?? 'not_stated',
  date: (plannedFor ?? '').split('-').reverse().join('/'),
  place: referredTo,
})
