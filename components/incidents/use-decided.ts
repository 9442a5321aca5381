'use client'

import { useTranslations } from 'next-intl'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { Decided } from '#server/reports/commands/decide-suggestions.ts'

/** Shows the result for several reports: how many succeeded, with undo, and why others did not. */
export function useDecided() {
  const t = useTranslations('incidents.suggestions')
  const textOf = useRefusalText()
  const toast = useToast()
  return (decided: readonly Decided[], words: (count: number) => string, undo?: (done: Decided[]) => void) => {
    const done = decided.filter(({ refusal }) => refusal === null)
    const [refused, ...others] = decided.filter(({ refusal }) => refusal !== null)
    if (done.length > 0) {
      toast({ text: words(done.length), tone: 'success', ...(undo && { undo: () => undo(done) }) })
    }
    if (refused?.refusal) {
      const reason = textOf({ code: refused.refusal, details: {} })
      toast({ text: t('failed', { count: others.length + 1, reason }), tone: 'failure' })
    }
  }
}
