import { useTranslations } from 'next-intl'
import { outcomeValues } from '#components/reports/outcome-values.ts'
import type { OutcomeOf } from '#server/reports/rules/outcome.ts'

/** What an answer says became of the matter; null where it says nothing of it. */
export function useOutcomeWords(): (answer: OutcomeOf) => string | null {
  const t = useTranslations('reports')
  return (answer) =>
    answer.outcome === null || answer.outcome === 'not_stated' ? null : t('outcomeSaid', outcomeValues(answer))
}
