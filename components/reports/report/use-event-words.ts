'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useCallback, useMemo } from 'react'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Severity } from '#server/reports/rules/lifecycle.ts'
import type { Change, TimelineEntry } from '#server/reports/rules/timeline.ts'

type Told = Pick<ReportView, 'categoryNames' | 'deadline'>

/** The sentences of the timeline in the user's language. */
export function useEventWords({ categoryNames, deadline }: Told) {
  const wordsFor = useEventWording()
  const { minutesPerDay } = deadline
  return useMemo(() => wordsFor({ categoryNames, minutesPerDay }), [wordsFor, categoryNames, minutesPerDay])
}

/** The same for a report that is given later. */
export function useEventWording() {
  const t = useTranslations('report.timeline')
  const severities = useTranslations('reports.severities')
  const english = useLocale() === 'en'
  const format = useFormat()
  const { lengthOf } = useDeadlineWords()

  return useCallback(
    ({ categoryNames, minutesPerDay }: Pick<Told, 'categoryNames'> & { minutesPerDay: number }) => {
      const sentenceOf = ({ event, values }: TimelineEntry): string => {
        // An empty name selects the branch of the message without a name.
        const named = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value || 'none']))
        const length = values.minutes ? lengthOf(Number(values.minutes), minutesPerDay, true) : ''
        const at = values.at ? format.dateTime(new Date(values.at)) : ''
        return t(`events.${event}`, { ...named, length, at } as never)
      }

      const inWords = ({ field }: Change, value: string): string => {
        if (field === 'severity') return severities(value as Severity)
        if (field === 'dueAt') return format.dateTime(new Date(value))
        if (field !== 'category') return value
        const category = categoryNames[value]
        return category ? (english ? category.nameEn : category.name) : value
      }

      const changeOf = (change: Change): string => {
        const field = t(`fields.${change.field}`)
        const before = change.before === null ? null : inWords(change, change.before)
        const after = change.after === null ? null : inWords(change, change.after)
        if (before !== null && after !== null) return t('changed', { field, before, after })
        return after === null ? t('cleared', { field, before: before ?? '' }) : t('set', { field, after })
      }

      /** The field and its present value. */
      const afterOf = (change: Change): string => {
        const field = t(`fields.${change.field}`)
        return t('set', { field, after: change.after === null ? t('nothing') : inWords(change, change.after) })
      }

      const whoOf = ({ who }: TimelineEntry): string => {
        const name = who.name ?? t(`who.${who.kind}`)
        return who.onBehalfOf ? t('onBehalfOf', { who: name, name: who.onBehalfOf }) : name
      }

      return { sentenceOf, changeOf, afterOf, whoOf }
    },
    [t, severities, english, format, lengthOf],
  )
}
