import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import type { Things } from '#server/platform/rules/filters/things.ts'
import { filterLines } from '#server/platform/rules/filters/words.ts'
import { type LocalDay, writtenMomentOf } from '#server/platform/rules/local-day.ts'
import { type Sheet, textSheet } from '#server/platform/rules/sheet.ts'
import type { ToldPoint } from './drill-downs.ts'
import type { CaseNames } from './queries/exported-cases.ts'
import { type Queue, type QueueView, viewNameOf } from './rules/queue.ts'
import { queueFilters, queueFilterWords } from './rules/queue-filters.ts'

type Told = {
  queue: Queue
  /** The views of the account, after which one of them is called. */
  views: readonly QueueView[]
  names: CaseNames
  locale: Locale
  count: number
  asOf: Date
  by: string | null
  /** The agencies whose part of a data point these are, where it covers more than the account may see. */
  part: readonly string[] | null
  /** The figure of the board whose reports these are. */
  point: ToldPoint | null
}

/** Which figure of the board these reports are, and all that it was counted under. */
export function figureTold({ figure, conditions }: ToldPoint, locale: Locale): { label: string; value: string }[] {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: 'reports.export.about' })
  return [{ label: t('figure'), value: figure }, ...conditions]
}

/** What a workbook holds: which list, every filter applied, as of when and for whom. */
export function caseAbout({ queue, views, names, locale, count, asOf, by, part, point }: Told): Sheet {
  const messages = messagesOf(locale)
  const t = createTranslator({ locale, messages, namespace: 'reports.export.about' })
  const words = createTranslator({ locale, messages, namespace: 'reports' })
  const any = createTranslator({ locale, messages })
  const conditions = filterLines(queueFilters, wholeWords, queue, {
    say: (key, values) => any(key as never, values as never),
    things: thingsNamed(names, by),
    isEnglish: locale === 'en',
    day: dateOf,
    moment: writtenMomentOf,
    join: (all) => all.join(', '),
  })
  return textSheet(
    t('tab'),
    [t('item'), t('content')],
    [
      [t('list'), words(`queue.views.names.${viewNameOf(queue.view, views)}`)],
      ...conditions.map(({ label, value }) => [label, value]),
      ...(point === null ? [] : figureTold(point, locale).map(({ label, value }) => [label, value])),
      ...(queue.mark === null ? [] : [[t('address'), queue.mark]]),
      ...(part === null ? [] : [[t('scope'), t('part', { agencies: part.join(', ') })]]),
      [t('count'), { value: count, kind: 'count' }],
      [t('asOf'), { value: asOf, kind: 'moment' }],
      [t('by'), by],
      [t('zone'), t('zoneName')],
      [t('source'), t('sourceName')],
    ],
  )
}

/** 25/11/2026, in both languages. */
const dateOf = (day: LocalDay): string => day.split('-').reverse().join('/')

/** A file names each state separately, even where a chip has one label for several. */
const { together: _, ...states } = queueFilterWords.states
const wholeWords = { ...queueFilterWords, states }

function thingsNamed({ categories, areas, agencies, accounts, incidents }: CaseNames, by: string | null): Things {
  const named = <Id extends string | number>(names: ReadonlyMap<Id, string>) =>
    [...names].map(([id, name]) => ({ id, name }))
  return {
    categories: [...categories.values()],
    areas: named(areas),
    agencies: named(agencies),
    colleagues: [{ id: 'me', name: by ?? '' }, ...named(accounts)],
    incidents: [...incidents.values()],
  }
}
