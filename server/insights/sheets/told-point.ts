import type { Locale } from '#messages/locales.ts'
import type { Say } from '#server/platform/rules/filters/words.ts'
import { writtenMomentOf } from '#server/platform/rules/local-day.ts'
import type { PointNames, ToldPoint } from '#server/reports/drill-downs.ts'
import { parseDrillDown } from '../rules/data-point.ts'
import { measureWords, pointConditions } from '../rules/data-point-words.ts'
import { momentInFileName } from '../rules/file-name.ts'
import type { NamedFilter } from '../rules/filters.ts'
import { wordsIn } from './words.ts'

/** A data point in words, as the queue shows it above its reports; null where the text is no data point. */
export function toldPoint(text: string, locale: Locale, names: PointNames): ToldPoint | null {
  const bound = parseDrillDown(text)
  if (!bound) return null
  const words = wordsIn(locale)
  const say = words.say as unknown as Say
  const named = (found: { name: string; nameEn: string } | undefined) => found && words.nameOf(found)
  const namesOf: Record<NamedFilter, (id: string) => string | undefined> = {
    agency: (id) => names.agencies.get(id),
    area: (id) => names.areas.get(Number(id)),
    category: (code) => named(names.categories.get(code)),
    incident: (id) => named(names.incidents.get(id)),
  }
  return {
    figure: measureWords(bound, say),
    conditions: pointConditions(bound, {
      say,
      isEnglish: locale === 'en',
      nameOf: (of, id) => namesOf[of](id) ?? id,
      day: words.dateOf,
      span: (from, to) => words.about('span', { from: words.dateOf(from), to: words.dateOf(to) }),
      moment: writtenMomentOf,
    }),
    fileName: `${bound.dataPoint.measure}-${momentInFileName(bound.filters, bound.asOf)}`,
  }
}
