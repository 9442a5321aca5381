import { workingDuration } from '#server/calendars/rules/durations.ts'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { isoInHanoi, type LocalDay } from '#server/platform/rules/local-day.ts'
import type { Figure, KpiFigure, Matured } from './board.ts'
import { isCompared, isNamed } from './case-mix.ts'
import { coordinatedWords } from './coordinated.ts'
import { decimalFrom, fractionBelow } from './definitions.ts'
import { shareFigure } from './figures.ts'
import { aimValues, isPartlyYoung } from './judged.ts'
import { whoseWords } from './part-seen.ts'
import { daysFrom } from './period.ts'
import { roundedPercent } from './rounding.ts'
import { type Point, type Weekly, type WeeklyStorm, weeklyKpis } from './weekly.ts'
import { isOfDays } from './weekly-period.ts'

/** Translates a message by its whole key: the screen and the mail have different translators for the same messages. */
export type Say = (key: string, values?: Record<string, string | number>) => string
export type WeeklyLocale = 'vi' | 'en'

export type WeeklyWords = ReturnType<typeof weeklyWords>

/** The texts of the report: page, mail and table show the same. */
export function weeklyWords(weekly: Weekly, sayAny: Say, locale: WeeklyLocale) {
  const { question, header, figures, agencies } = weekly
  // The messages name the period compared with differently for a day than for several, a week or a month.
  const edition = isOfDays(question) ? 'days' : question.edition
  const say: Say = (key, values) => sayAny(key, { edition, ...values })
  const { number, figure, distance } = amounts(say, locale)
  const whose = whoseWords(header, say)
  const { from, to } = { from: dayOf(header.fromDay), to: dayOf(header.toDay) }
  const period = say(`weekly.period.${edition}`, {
    from,
    to,
    day: from,
    weekday: weekdayName(header.fromDay, locale),
    lastWeekday: weekdayName(header.toDay, locale),
    month: `${Number(header.fromDay.slice(5, 7))}/${header.fromDay.slice(0, 4)}`,
  })

  const changeOf = ({ change, unit, n, verdict, previous }: KpiFigure) => {
    if (change === null) return { text: '–', verdict: null, said: '' }
    const way = change > 0 ? 'up' : change < 0 ? 'down' : 'same'
    return {
      text: say(`weekly.change.${way}`, { by: distance(change, unit, Math.min(n, previous?.n ?? n)) }),
      verdict,
      /** Better or worse in words: only beyond chance. */
      said: verdict === null ? '' : say(`weekly.verdict.${verdict}`),
    }
  }

  const { received, handled, on_time: onTime, backlog } = figures
  const headline = weekly.isEmpty
    ? [say('weekly.headline.empty', { whose })]
    : [
        say('weekly.headline.received', {
          whose,
          received: number(received.value ?? 0),
          change: changeOf(received).text,
          known: received.change === null ? 'no' : 'yes',
        }),
        say('weekly.headline.handled', {
          young: isPartlyYoung(handled) ? 'yes' : 'no',
          handled: isPartlyYoung(handled) ? number(handled.numerator) : figure(handled),
          received: number(handled.n),
          notYet: number(handled.matured?.notYet ?? 0),
          matured: handled.matured?.of ? maturedShare(handled.matured) : 'none',
          ...aimIn('handled', handled),
          onTime: figure(onTime),
          ...aimIn('onTime', onTime),
        }),
        say('weekly.headline.backlog', {
          backlog: number(backlog.value ?? 0),
          change: changeOf(backlog).text,
          known: backlog.change === null ? 'no' : 'yes',
          overdue: number(weekly.overdue),
        }),
      ]

  return {
    title: say(`weekly.title.${edition}`, { count: daysFrom(header.fromDay, header.toDay) }),
    about: say('weekly.about'),
    /** The header looks like that of a document with a number and a signature, and it has neither. */
    extract: say('weekly.extract'),
    whose,
    /** Beside the figures, and in none of them. */
    coordinated: weekly.coordinated ? coordinatedWords(weekly.coordinated, say) : '',
    period,
    compared: header.compared
      ? say('weekly.compared', {
          from: dayOf(isoInHanoi(header.compared.from)),
          to: dayOf(isoInHanoi(new Date(header.compared.to.getTime() - 1))),
        })
      : '',
    headline,
    sections: {
      figures: say('weekly.sections.figures'),
      agencies: say('weekly.sections.agencies'),
      points: say('weekly.sections.points', { count: weekly.points.length }),
      storm: say('weekly.sections.storm'),
    },
    columns: { now: say('weekly.columns.now'), before: say('weekly.columns.before') },
    noPoints: say('weekly.points.none'),
    figures: weeklyKpis.map((id) => {
      const kpi = figures[id]
      return {
        id,
        name: say(`insights.kpis.${id}.name`),
        ...shownOf(kpi),
        change: changeOf(kpi),
        target: kpi.judged ? figure({ ...wholeFigure(kpi.judged.target), unit: kpi.unit }) : '–',
        /** How far from the target, in words; empty where nothing is held against it. */
        aim: aimOf(kpi) ?? '',
        /** What the target is held against, where some of the cohort are not due yet. */
        matured: kpi.matured && isPartlyYoung(kpi) ? maturedWords(kpi.matured) : '',
      }
    }),
    agencies: mixWords(agencies),
    points: weekly.points.map((point) => ({
      head: say(`weekly.points.${point.kind}.head`),
      text: pointText(point, say, locale, header.minutesPerDay, number),
    })),
    storms: weekly.storms.map((storm) => stormWords(storm, say, number, locale === 'en')),
    sources: [
      say('weekly.sources.asOf', { day: dayOf(header.toDay) }),
      say('weekly.sources.figures'),
      say('weekly.sources.fair'),
      ...(weekly.judgedBy === 'direction' ? [] : [say(`weekly.sources.${weekly.judgedBy}`)]),
      ...(header.check && header.check.failed > 0
        ? [say('weekly.sources.checkFailed', { count: header.check.failed })]
        : []),
      ...(header.behind > 0 ? [say('weekly.sources.behind', { count: header.behind })] : []),
    ],
  }

  /** A share of a cohort that is not all due is a count: no target is for it. */
  function shownOf(kpi: KpiFigure) {
    if (isPartlyYoung(kpi))
      return {
        value: fraction(say, number, kpi),
        of: say('weekly.notYet', { notYet: number(kpi.matured?.notYet ?? 0) }),
        before: kpi.previous ? fraction(say, number, kpi.previous) : '–',
      }
    return {
      value: figure(kpi),
      /** Of a share: how many of how many. */
      of: kpi.denominator !== null && kpi.n >= fractionBelow ? fraction(say, number, kpi) : '',
      before: kpi.previous ? figure({ ...kpi, ...kpi.previous }) : '–',
    }
  }

  function aimOf(kpi: KpiFigure): string | null {
    const values = aimValues(kpi, distance)
    return values && say('board.aim', values)
  }

  /** As a part of the headline. */
  function aimIn<Name extends string>(name: Name, kpi: KpiFigure): Record<string, string> {
    const aim = aimOf(kpi)
    return { [`${name}Held`]: aim === null ? 'no' : 'yes', [`${name}Aim`]: aim ?? '' }
  }

  function maturedShare({ handled, of }: Matured): string {
    return figure({ ...shareFigure(handled, of), unit: 'share' })
  }

  function maturedWords(matured: Matured): string {
    const { handled, of } = matured
    return say('weekly.matured', {
      of: of === 0 ? 'none' : number(of),
      share: of === 0 ? '' : maturedShare(matured),
      fraction: of < fractionBelow ? 'none' : fraction(say, number, shareFigure(handled, of)),
    })
  }

  /** Only agencies beyond chance are named, those that miss more first; where there are none, that is said. */
  function mixWords({ mix, mixMissing }: Weekly['agencies']) {
    const compared = mix?.agencies.filter(isCompared) ?? []
    const named = compared.filter(isNamed).sort((a, b) => b.far - a.far)
    const kind = mixMissing ?? (compared.length === 0 ? 'tooFew' : named.length === 0 ? 'none' : 'found')
    return {
      named: named.map(({ id, due, name, standing, covered, expected }) => ({
        id,
        due,
        name,
        standing,
        text: say('weekly.agencies.text', {
          standing,
          due: number(due),
          compared: number(covered.due),
          missed: number(covered.missed),
          expected: number(Math.round(expected * 10) / 10),
        }),
      })),
      note: say(`weekly.agencies.${kind}`, { count: named.length, of: number(compared.length) }),
    }
  }
}

/** Thứ Tư. */
export const weekdayName = (day: LocalDay, locale: WeeklyLocale): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(day))

/** 22/11/2026. */
export const dayOf = (day: LocalDay): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

const fraction = (say: Say, number: (value: number) => string, { numerator, denominator }: Figure): string =>
  say('board.words.fraction', { numerator: number(numerator), denominator: number(denominator ?? 0) })

/** A target is written as exactly as a value of many. */
const wholeFigure = (value: number): Figure => ({ value, numerator: 0, denominator: null, n: decimalFrom })

type Unit = Pick<KpiFigure, 'unit'>

/** Counts and shares as the board formats them. */
export function amounts(say: Say, locale: WeeklyLocale) {
  const format = new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en-GB')
  const number = (value: number): string => format.format(value)
  const share = (value: number, n: number): string =>
    say('board.words.percent', { value: number(roundedPercent(value * 100, n)) })
  return {
    number,
    share,
    figure(shown: Figure & Unit): string {
      if (shown.value === null) return '–'
      if (shown.unit === 'count') return number(shown.value)
      const isFew = shown.n < fractionBelow && shown.denominator !== null
      return isFew ? fraction(say, number, shown) : share(shown.value, shown.n)
    },
    distance(change: number, unit: KpiFigure['unit'], n: number): string {
      if (unit === 'count') return number(Math.abs(change))
      const points = roundedPercent(Math.abs(change) * 100, n)
      const least = n >= decimalFrom ? 0.1 : 1
      return points === 0
        ? say('board.words.lessThan', { value: number(least), count: least })
        : say('board.words.points', { value: number(points), count: points })
    },
  }
}

function pointText(
  point: Point,
  say: Say,
  locale: WeeklyLocale,
  minutesPerDay: number,
  number: (value: number) => string,
): string {
  const name = 'name' in point ? (locale === 'en' ? point.nameEn : point.name) : ''
  const values = Object.fromEntries(
    Object.entries(point).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
  const written = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, number(value)]))
  const sentence = `weekly.points.${point.kind}.text`
  switch (point.kind) {
    case 'backlog':
      return say(sentence, {
        ...written,
        name,
        by: number(point.now - point.before),
        some: point.overdue > 0 ? 'yes' : 'no',
      })
    case 'area':
    case 'category': {
      if (point.usual === null) return say(sentence, { ...written, name })
      const usual = point.usual < fractionBelow ? Math.round(point.usual * 10) / 10 : Math.round(point.usual)
      return say(`weekly.points.${point.kind}.usual`, { name, now: number(point.now), usual: number(usual) })
    }
    case 'oldest':
      return say(sentence, { code: point.code, length: lengthOf(point.minutes, minutesPerDay, say) })
    default:
      return say(sentence, { ...written, name })
  }
}

export function lengthOf(minutes: number, minutesPerDay: number, say: Say): string {
  const { days, hours, minutes: rest } = workingDuration(minutes, minutesPerDay)
  if (days > 0)
    return hours > 0 ? say('reports.deadline.daysHours', { days, hours }) : say('reports.deadline.days', { days })
  if (hours === 0) return say('reports.deadline.minutes', { minutes: rest })
  return rest > 0
    ? say('reports.deadline.hoursMinutes', { hours, minutes: rest })
    : say('reports.deadline.hours', { hours })
}

function stormWords(storm: WeeklyStorm, say: Say, number: (value: number) => string, isEnglish: boolean) {
  const fact = (key: string, value: string) => ({ label: say(`weekly.storm.${key}`), value })
  const { incident, peak } = storm
  return {
    name: nameIn(incident, isEnglish),
    facts: [
      fact('inPeriod', number(storm.inPeriod)),
      fact('total', number(storm.total)),
      fact('handled', number(storm.handled)),
      fact('open', number(storm.open)),
      fact('urgentOpen', number(storm.urgentOpen)),
      ...(peak ? [fact('peak', say('weekly.storm.peakAt', { count: number(peak.count), at: momentOf(peak.at) }))] : []),
      fact('bulletins', number(storm.bulletins)),
    ],
    note: say(storm.isWholeCity ? 'weekly.storm.noteCity' : 'weekly.storm.noteScope', { at: momentOf(storm.asOf) }),
  }
}

/** 22/11/2026 07:30, on Hanoi's clocks. */
export function momentOf(at: Date): string {
  const local = isoInHanoi(at)
  return `${dayOf(local)} ${local.slice(11, 16)}`
}

/** The parts of "ngày 07 tháng 9 năm 2024": Vietnamese offices put a leading zero before the first two months only. */
export function documentDate(on: LocalDay, locale: string): { day: string; month: string; year: string } {
  const [year = '', month = '', day = ''] = on.split('-')
  return { day, month: locale === 'vi' && Number(month) > 2 ? String(Number(month)) : month, year }
}
