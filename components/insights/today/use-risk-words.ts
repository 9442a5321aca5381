'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Risk } from '#server/insights/rules/today.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { useFigureWords } from '../use-figure-words.ts'

/** What a risk is, as a part of the headline, and as a row. */
export function useRiskWords(today: LocalDay) {
  const t = useTranslations('today')
  const format = useFormat()
  const nameIn = useNameIn()
  const { partOf } = useFigureWords(480)
  const dayOf = (at: Date) => {
    const isThisYear = localDayOf(at).slice(0, 4) === today.slice(0, 4)
    return isThisYear ? format.date(at).slice(0, 5) : format.date(at)
  }
  const usualOf = (usual: number) => (usual < 1 ? `< ${format.number(1)}` : format.number(Math.round(usual)))
  const momentOf = (at: Date) => (localDayOf(at) === today ? format.time(at) : `${format.time(at)} ${dayOf(at)}`)
  const rateOf = (risk: Extract<Risk, { kind: 'out_of_bounds' }>, side: 'now' | 'before') =>
    partOf(risk[side].numerator, risk[side].denominator ?? 0)
  const whereOf = (risk: Extract<Risk, { kind: 'surge' }>) => ({
    topic: nameIn(risk.topic),
    area: risk.area ?? t('risks.somewhere'),
  })
  const topicsOf = (risk: Extract<Risk, { kind: 'urgent_overdue' | 'urgent_today' }>) =>
    risk.topics
      .map((topic) =>
        // All of it is one topic: its number stands in the line above.
        topic.count === risk.count ? nameIn(topic) : t('risks.topic', { name: nameIn(topic), count: topic.count }),
      )
      .join(' · ')
  return {
    briefOf(risk: Risk): string {
      const { count } = risk
      switch (risk.kind) {
        case 'urgent_overdue':
          return t('risks.what.urgent_overdue', { count })
        case 'alert':
          return t('headline.kinds.alert', { until: momentOf(risk.until) })
        case 'surge':
          return t('headline.kinds.surge', { count, ...whereOf(risk) })
        case 'out_of_bounds':
          return t('headline.kinds.out_of_bounds', { agency: risk.owners[0]?.shortName ?? '' })
        default:
          return t(`headline.kinds.${risk.kind}`, { count })
      }
    },
    whatOf(risk: Risk): string {
      const { count } = risk
      switch (risk.kind) {
        case 'alert':
          return risk.headline
        case 'surge':
          return t('risks.what.surge', { count, ...whereOf(risk) })
        case 'out_of_bounds':
          return t('risks.what.out_of_bounds', { count, now: rateOf(risk, 'now') })
        default:
          return t(`risks.what.${risk.kind}`, { count })
      }
    },
    detailOf(risk: Risk): string {
      switch (risk.kind) {
        case 'urgent_overdue':
          return t('risks.detail.urgent_overdue', { topics: topicsOf(risk), since: momentOf(risk.since) })
        case 'urgent_today':
          return t('risks.detail.urgent_today', { topics: topicsOf(risk) })
        case 'alert':
          return t('risks.detail.alert', { until: momentOf(risk.until) })
        case 'surge':
          return t('risks.detail.surge', { usual: usualOf(risk.usual) })
        case 'out_of_bounds':
          return t('risks.detail.out_of_bounds', { before: rateOf(risk, 'before') })
        default:
          return t(`risks.detail.${risk.kind}`)
      }
    },
    ownersOf({ kind, owners: [first, ...others] }: Risk): string | null {
      if (kind === 'alert') return t('risks.newsroom')
      if (!first) return null
      return others.length === 0 ? first.name : t('risks.owners', { first: first.name, count: others.length })
    },
    actionOf: ({ kind, count }: Risk): string =>
      kind === 'alert'
        ? t('risks.openAlert')
        : t(kind === 'out_of_bounds' ? 'risks.openMissed' : 'risks.open', { count }),
  }
}
