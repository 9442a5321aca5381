import type { AfterAction } from '#server/after-action/queries/after-action.ts'
import { lengthOnTheWall } from '#server/after-action/rules/length.ts'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { momentOf, type Say, type WeeklyLocale } from '../rules/weekly-words.ts'

type Row = { label: string; value: string; note?: string; figure: number | null }
export type AfterWords = ReturnType<typeof afterWords>

const mostAreas = 10

/** The after-action page of an incident as text: the letter and its tables say what its page says. */
export function afterWords(came: AfterAction, isWholeCity: boolean, say: Say, locale: WeeklyLocale) {
  const after = (key: string, values?: Record<string, string | number>) => say(`incidents.after.${key}`, values)
  const format = new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en-GB')
  const row = (label: string, figure: number | null, note?: string): Row => ({
    label,
    figure,
    value: figure === null ? '–' : format.format(figure),
    ...(note && { note }),
  })
  const { incident, figures, peak, medianMinutesToAnswer: median } = came
  const handled = figures?.handledPercent ?? null
  const percent = handled === null ? null : say('board.words.percent', { value: format.format(handled) })
  const length = median === null ? null : lengthOnTheWall(median)
  const medianWords = () => {
    if (length) return after(length.key, length.values)
    return came.urgent > 0 ? after('notReached', { open: figures?.urgentOpen ?? 0, all: came.urgent }) : after('none')
  }
  const countBy = (key: (cell: AfterAction['breakdown'][number]) => string): Row[] =>
    [...Map.groupBy(came.breakdown, key)]
      .map(([label, cells]) =>
        row(
          label,
          cells.reduce((sum, { reports }) => sum + reports, 0),
        ),
      )
      .sort((a, b) => (b.figure ?? 0) - (a.figure ?? 0))
  const span = incident.endsAt
    ? say('incidents.span', { from: momentOf(incident.startsAt), to: momentOf(incident.endsAt) })
    : say('incidents.since', { from: momentOf(incident.startsAt) })
  const total = figures?.total ?? 0
  return {
    title: `${after('title')}: ${nameIn(incident, locale === 'en')}`,
    kind: say(`incidents.kinds.${incident.kind}`),
    span: incident.closedAt ? `${span}. ${say('mailings.after.closed', { at: momentOf(incident.closedAt) })}` : span,
    headline:
      total === 0
        ? say('mailings.after.none')
        : say('mailings.after.headline', {
            total: format.format(total),
            handled: format.format(figures?.handled ?? 0),
            percent: percent ?? '–',
            open: figures?.open ?? 0,
          }),
    figures: {
      title: after('numbers'),
      rows: [
        row(after('reports'), total),
        row(after('citizens'), came.citizens, after('citizensHint')),
        row(after('handled'), figures?.handled ?? 0, percent ?? undefined),
        row(after('open'), figures?.open ?? 0),
        { ...row(after('median'), median, after('medianHint')), value: medianWords() },
        row(after('peak'), peak?.open ?? null, peak ? after('peakAt', { at: momentOf(peak.at) }) : undefined),
        row(after('bulletins'), came.bulletins),
      ],
    },
    kinds: { title: say('mailings.after.byKind'), rows: countBy(({ subType }) => say(`matching.subTypes.${subType}`)) },
    areas: {
      title: say('mailings.after.byArea'),
      rows: countBy(({ area }) => area ?? after('noArea')).slice(0, mostAreas),
    },
    note: [
      say(isWholeCity ? 'weekly.storm.noteCity' : 'weekly.storm.noteScope', { at: momentOf(came.asOf) }),
      after('extract'),
    ].join(' '),
  }
}
