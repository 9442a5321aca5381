import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { Sheet, SheetCell } from '#server/platform/rules/sheet.ts'
import type { CaseNames } from './queries/exported-cases.ts'
import type { DayRange, Queue } from './rules/queue.ts'

type Told = { queue: Queue; names: CaseNames; locale: Locale; count: number; asOf: Date; by: string | null }

/** Which list a workbook holds, by every condition it was narrowed to, as of when and for whom. */
export function caseAbout({ queue, names, locale, count, asOf, by }: Told): Sheet {
  const messages = messagesOf(locale)
  const t = createTranslator({ locale, messages, namespace: 'reports.export.about' })
  const filters = createTranslator({ locale, messages, namespace: 'reports.queue.filters' })
  const words = createTranslator({ locale, messages, namespace: 'reports' })
  const rangeOf = ({ from, to }: DayRange): string => {
    if (from && to) return from === to ? filters('on', { from: dateOf(from) }) : span(dateOf(from), dateOf(to))
    return from ? filters('since', { from: dateOf(from) }) : filters('until', { to: dateOf(to ?? '') })
  }
  const span = (from: string, to: string) => filters('range', { from, to })
  const categoryOf = (code: string) => {
    const category = names.categories.get(code)
    return category ? (locale === 'en' ? category.nameEn : category.name) : code
  }
  const assigneeOf = (assignee: string) => {
    if (assignee === 'me') return by
    return assignee === 'none' ? filters('none') : (names.accounts.get(assignee) ?? filters('unknown'))
  }
  const tags = [...queue.tags, ...queue.withoutTags.map((tag) => filters('withoutTag', { tag }))]
  const conditions: [string, SheetCell][] = [
    [filters('words'), queue.words],
    [filters('state'), queue.states.map((state) => words(`states.${state}`)).join(', ')],
    [filters('deadline'), queue.deadlines.map((kind) => filters(`deadlines.${kind}`)).join(', ')],
    [filters('severity'), queue.severities.map((severity) => words(`severities.${severity}`)).join(', ')],
    [filters('category'), queue.categories.map(categoryOf).join(', ')],
    [filters('area'), queue.areas.map((id) => names.areas.get(id) ?? String(id)).join(', ')],
    [filters('agency'), queue.agencies.map((id) => names.agencies.get(id) ?? id).join(', ')],
    [filters('assignee'), queue.assignee && assigneeOf(queue.assignee)],
    [filters('channel'), queue.channels.map((channel) => words(`channels.${channel}`)).join(', ')],
    [filters('incident'), queue.incident && (names.incidents.get(queue.incident) ?? filters('unknown'))],
    [filters('tags'), tags.join(', ')],
    [filters('received'), queue.received && rangeOf(queue.received)],
    [filters('due'), queue.due && rangeOf(queue.due)],
    [filters('photo'), queue.photo === null ? null : filters(queue.photo ? 'withPhoto' : 'withoutPhoto')],
    [t('figure'), queue.mark],
  ]
  return {
    name: t('tab'),
    columns: [
      { label: t('item'), kind: 'text' },
      { label: t('content'), kind: 'text' },
    ],
    rows: [
      [t('list'), words(`queue.views.names.${queue.view}`)],
      ...conditions.filter(([, value]) => value !== null && value !== ''),
      [t('count'), { value: count, kind: 'count' }],
      [t('asOf'), { value: asOf, kind: 'moment' }],
      [t('by'), by],
      [t('zone'), t('zoneName')],
      [t('source'), t('sourceName')],
    ],
  }
}

/** 25/11/2026, in both languages. */
const dateOf = (day: LocalDay): string => day.split('-').reverse().join('/')
