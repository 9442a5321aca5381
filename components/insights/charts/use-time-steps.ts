'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { BoardAnnotation } from '#server/insights/rules/board.ts'
import type { Bucket } from '#server/insights/rules/period.ts'
import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { useBoardFrame } from '../board-context.ts'
import type { TimeMark, TimeStep } from '../chart/time-series.ts'
import { usePeriodWords } from '../use-period-words.ts'

/** The steps of a time chart with their texts. */
export function useTimeSteps() {
  const t = useTranslations('board.steps')
  const format = useFormat()
  const { header } = useBoardFrame()
  const { spanOf } = usePeriodWords()
  const { grain, asOf } = header
  const today = localDayOf(asOf)
  return {
    /** "phản ánh mỗi ngày, 27/10 – 25/11/2026". */
    unit: t('unit', { grain, span: spanOf(header.fromDay, header.toDay) }),
    span: spanOf(header.fromDay, header.toDay),
    heading: t(`heading.${grain}`),
    stepsOf<Point extends Bucket>(
      points: readonly Point[],
      valuesOf: (point: Point) => TimeStep['values'],
    ): TimeStep[] {
      return points
        .filter(({ from }) => from <= today)
        .map((point) => {
          const start = startOfDay(point.from)
          const span = spanOf(point.from, point.to)
          return {
            key: point.from,
            label: grain === 'month' ? t('month', { month: span.slice(-7) }) : format.date(start).slice(0, 5),
            long:
              grain === 'day'
                ? t('day', { weekday: format.weekday(start), date: format.date(start) })
                : grain === 'month'
                  ? t('wholeMonth', { month: span.slice(-7) })
                  : span,
            from: point.from,
            to: point.to,
            isPartial: header.isPartial && point.to >= today,
            values: valuesOf(point),
          }
        })
    },
  }
}

/** What happened meanwhile, as marks on days. Bulletins of a day are one mark: a storm has hundreds. */
export function useTimeMarks(annotations: readonly BoardAnnotation[]): TimeMark[] {
  const t = useTranslations('board.steps')
  const { header } = useBoardFrame()
  const nameIn = useNameIn()
  const today = localDayOf(header.asOf)
  const bulletins = new Map<string, string[]>()
  const marks: TimeMark[] = []
  for (const { kind, id, label: name, labelEn, from, to } of annotations) {
    const label = nameIn({ name, nameEn: labelEn ?? '' })
    const day = localDayOf(from)
    if (kind === 'bulletin') bulletins.set(day, [...(bulletins.get(day) ?? []), label])
    else marks.push({ key: id, kind, from: day, to: to === null ? today : localDayOf(to), words: label })
  }
  for (const [day, labels] of bulletins) {
    const words = labels.length === 1 && labels[0] ? labels[0] : t('bulletins', { count: labels.length })
    marks.push({ key: `bulletins-${day}`, kind: 'bulletin', from: day, to: day, words, count: labels.length })
  }
  return marks
}
