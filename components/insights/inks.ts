import { type AgeBucket, type DeadlineBucket, overdueBuckets } from '#server/insights/rules/data-point.ts'
import type { CommitmentFate, HandledPart } from '#server/insights/rules/definitions.ts'
import type { Rating } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'

const mixed = (ink: string, percent: number) => `color-mix(in srgb, var(--${ink}) ${percent}%, var(--paper))`

/**
 * The colours of status, and stripes where two of them look alike with some colour vision or on a black-and-white
 * printer.
 */
export const partInks: Readonly<Record<HandledPart, string>> = {
  handled_in_time: 'var(--ok)',
  handled_late: mixed('ok', 60),
  refused: mixed('s-accept', 75),
  open_in_time: mixed('accent', 50),
  open_overdue: 'var(--late)',
}
export const stripedParts: ReadonlySet<HandledPart> = new Set(['handled_late', 'open_overdue'])

export const outcomeInks: Readonly<Record<Outcome, string>> = {
  fixed: 'var(--ok)',
  temporary: mixed('ok', 60),
  planned: mixed('accent', 50),
  nothing_found: mixed('pause', 60),
  not_ours: mixed('s-accept', 75),
  not_stated: 'var(--line-strong)',
}
export const stripedOutcomes: ReadonlySet<Outcome> = new Set(['temporary', 'not_ours'])

export const commitmentInks: Readonly<Record<CommitmentFate, string>> = {
  kept: 'var(--ok)',
  moved: 'var(--soon)',
  broken: 'var(--late)',
}

export const countedStateInks: Readonly<Record<DeadlineBucket, string>> = {
  overdue_5d: 'var(--late)',
  overdue_1d: mixed('late', 72),
  overdue_0d: mixed('late', 46),
  today: 'var(--soon)',
  in_2d: mixed('soon', 52),
  later: mixed('accent', 50),
  paused: mixed('pause', 60),
  none: 'var(--line-strong)',
}
export const stripedCountedStates: ReadonlySet<DeadlineBucket> = new Set(overdueBuckets)

/** The older, the deeper. */
export const ageInks: Readonly<Record<AgeBucket, string>> = {
  '0-1': mixed('accent', 30),
  '2-3': mixed('accent', 44),
  '4-5': mixed('accent', 58),
  '6-10': mixed('accent', 72),
  '11-20': mixed('accent', 86),
  '21-': 'var(--accent)',
}

export const ratingInks: Readonly<Record<Rating, string>> = {
  satisfied: 'var(--ok)',
  acceptable: mixed('ok', 50),
  dissatisfied: 'var(--soon-mark)',
}
