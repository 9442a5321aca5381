import { isoInHanoi, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import type { Figure, KpiFigure } from './board.ts'
import { decimalFrom, definitions, type KpiUnit } from './definitions.ts'
import type { Headline, Risk, ToldChange } from './today.ts'
import { amounts, dayOf, lengthOf, type Say, type WeeklyLocale } from './weekly-words.ts'

/** A piece of the headline; `href`: it opens what it counts. */
type Piece = { text: string; href?: string; isLate?: true }

const calendarDay = 1440

/** What the page of the morning says: the screen and the letter say the same. `today`: days of this year are short. */
export function todayWords(say: Say, locale: WeeklyLocale, today: LocalDay, minutesPerDay: number) {
  const { number, figure, share } = amounts(say, locale)
  const nameIn = ({ name, nameEn }: { name: string; nameEn: string }) => (locale === 'en' ? nameEn : name)
  const timeOf = (at: Date) => isoInHanoi(at).slice(11, 16)
  const shortDayOf = (at: Date) => {
    const day = localDayOf(at)
    return day.slice(0, 4) === today.slice(0, 4) ? dayOf(day).slice(0, 5) : dayOf(day)
  }
  const momentOf = (at: Date) => (localDayOf(at) === today ? timeOf(at) : `${timeOf(at)} ${shortDayOf(at)}`)
  const usualOf = (usual: number) => (usual < 1 ? `< ${number(1)}` : number(Math.round(usual)))
  const figureOf = (shown: Figure, unit: KpiUnit): string => {
    if (shown.value === null || unit === 'count' || unit === 'share') return figure({ ...shown, unit })
    return lengthOf(shown.value, unit === 'calendar_minutes' ? calendarDay : minutesPerDay, say)
  }
  const whereOf = (risk: Extract<Risk, { kind: 'surge' }>) => ({
    topic: nameIn(risk.topic),
    area: risk.area ?? say('today.risks.somewhere'),
  })
  const topicsOf = (risk: Extract<Risk, { kind: 'urgent_overdue' | 'urgent_today' }>) =>
    risk.topics
      .map((topic) =>
        // All of it is one topic: its number stands in the line above.
        topic.count === risk.count
          ? nameIn(topic)
          : say('today.risks.topic', { name: nameIn(topic), count: topic.count }),
      )
      .join(' · ')

  /** As a part of the headline. */
  function briefOf(risk: Risk): string {
    const { count } = risk
    const key = `today.headline.kinds.${risk.kind}`
    switch (risk.kind) {
      case 'urgent_overdue':
        return say('today.risks.what.urgent_overdue', { count })
      case 'alert':
        return say(key, { until: momentOf(risk.until) })
      case 'surge':
        return say(key, { count, ...whereOf(risk) })
      case 'out_of_bounds':
        return say(key, { agency: risk.owners[0]?.shortName ?? '' })
      default:
        return say(key, { count })
    }
  }

  /** `isWhole`: of the whole city; the page of one agency need not say that all of it is there. */
  function mostOf({ urgent, most }: Headline, isWhole: boolean): string {
    if (!urgent || !most) return ''
    const { name, count } = most
    const isAll = count === urgent.count
    if (isAll && !isWhole) return ''
    if (name === null) return say(isAll ? 'today.headline.allUnassigned' : 'today.headline.unassigned', { count })
    return say(isAll ? 'today.headline.all' : 'today.headline.most', { count, agency: name })
  }

  return {
    briefOf,
    figureOf,
    /** A target may have a decimal, however few reports it is held against. */
    targetOf: (target: number): string => share(target, decimalFrom),
    /** One sentence. */
    headlineOf(headline: Headline, isWhole: boolean): Piece[] {
      const { urgent, next } = headline
      if (!urgent && !next) return [{ text: say('today.headline.calm') }]
      const first: Piece = urgent
        ? { text: say('today.risks.what.urgent_overdue', { count: urgent.count }), href: urgent.href, isLate: true }
        : { text: say('today.headline.quiet') }
      const most = mostOf(headline, isWhole)
      const rest: Piece[] = next ? [{ text: '; ' }, { text: briefOf(next), href: next.href }] : []
      return [first, ...(most === '' ? [] : [{ text: most }]), ...rest, { text: '.' }]
    },
    changeOf({ kpi, agency, now, before, verdict }: ToldChange): { head: string; line: string } {
      const what = say(`insights.kpis.${kpi}.name`)
      const { unit } = definitions[kpi]
      const head = agency ? say('today.changes.of', { what, agency: agency.name }) : what
      const change = say(`board.change.${verdict}`)
      return {
        head: `${head} ${change}.`,
        line: say('today.changes.line', { now: figureOf(now, unit), before: figureOf(before, unit) }),
      }
    },
    /** Why no change is told. */
    untoldOf: ({ weighed, unclear }: { weighed: number; unclear: number }): string =>
      say(`today.changes.${weighed === 0 ? 'tooFew' : unclear === weighed ? 'none' : 'amongRisks'}`),
    /** Null: nothing to open. */
    textOf(kpi: KpiFigure): string | null {
      return kpi.value === null || kpi.isHidden ? null : figureOf(kpi, kpi.unit)
    },
    /** Why there is no value. */
    missingOf: ({ isHidden }: KpiFigure): string =>
      isHidden ? say('today.figures.hidden') : say('today.figures.none'),
    /** Beside the value: that of the week before, and what is to be said of the change. */
    beforeOf: ({ previous, unit, verdict }: KpiFigure): { before: string | null; said: string | null } => ({
      before: previous?.value == null ? null : say('today.figures.before', { value: figureOf(previous, unit) }),
      said: verdict && say(`board.change.${verdict}`),
    }),
    whatOf(risk: Risk): string {
      const { count } = risk
      const key = `today.risks.what.${risk.kind}`
      switch (risk.kind) {
        case 'alert':
          return risk.headline
        case 'surge':
          return say(key, { count, ...whereOf(risk) })
        case 'out_of_bounds':
          return say(key, { count, now: figureOf(risk.now, 'share') })
        default:
          return say(key, { count })
      }
    },
    detailOf(risk: Risk): string {
      const key = `today.risks.detail.${risk.kind}`
      switch (risk.kind) {
        case 'urgent_overdue':
          return say(key, { topics: topicsOf(risk), since: momentOf(risk.since) })
        case 'urgent_today':
          return say(key, { topics: topicsOf(risk) })
        case 'overdue':
          return say(key, { since: momentOf(risk.since) })
        case 'alert':
          return say(key, { until: momentOf(risk.until) })
        case 'surge':
          return say(key, { usual: usualOf(risk.usual) })
        case 'out_of_bounds':
          return say(key, { before: figureOf(risk.before, 'share') })
        default:
          return say(key)
      }
    },
    /** Null: nobody has it yet. */
    ownersOf({ kind, owners: [first, ...others] }: Risk): string | null {
      if (kind === 'alert') return say('today.risks.newsroom')
      if (!first) return null
      return others.length === 0 ? first.name : say('today.risks.owners', { first: first.name, count: others.length })
    },
    actionOf: ({ kind, count }: Risk): string =>
      kind === 'alert'
        ? say('today.risks.openAlert')
        : say(kind === 'out_of_bounds' ? 'today.risks.openMissed' : 'today.risks.open', { count }),
  }
}

export type TodayWords = ReturnType<typeof todayWords>
