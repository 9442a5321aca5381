import type { OutcomeOf } from '#server/reports/rules/outcome.ts'

/** The outcome of most answers. */
export const fixed = { outcome: 'fixed', plannedFor: null, referredTo: '' } as const satisfies OutcomeOf
