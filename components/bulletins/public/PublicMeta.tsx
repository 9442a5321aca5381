import { formatDateTime } from '#components/ui/format.ts'
import type { PublicBulletin } from '#server/bulletins/queries/public.ts'
import { endOf, validityAt } from '#server/bulletins/rules/validity.ts'
import { KindIcon } from './KindIcon.tsx'
import { isPast, type Reader } from './reader.ts'

type Props = { bulletin: PublicBulletin; reader: Reader; codes?: readonly string[] }

/** What kind of bulletin, its number, when it came out, and whether it still holds: one line, in words beside the colour. */
export function PublicMeta({ bulletin, reader: { t, at }, codes = [] }: Props) {
  const { content, number, incident, firstPublishedAt } = bulletin
  const validity = validityAt(bulletin, at)
  const end = endOf(content)
  return (
    <div className="meta">
      <span className="kind" data-severity={isPast(validity) ? undefined : content.severity}>
        <KindIcon kind={content.kind} />
        {t(`kinds.${content.kind}`)}
        {content.severity === 'emergency' && ` · ${t('severities.emergency')}`}
      </span>
      {incident && number && <span>{t('number', { number: String(number), incident: incident.name })}</span>}
      <time dateTime={firstPublishedAt.toISOString()}>{formatDateTime(firstPublishedAt)}</time>
      {validity === 'inForce' && end && <span>{t('validUntil', { at: formatDateTime(end) })}</span>}
      {(validity === 'expired' || validity === 'upcoming' || validity === 'withdrawn' || validity === 'superseded') && (
        <span className="mark">{t(`marks.${validity}`)}</span>
      )}
      {codes.length > 0 && (
        <span className="mark own" data-ward-codes={codes.join(' ')} hidden>
          {t('ward.concerned')}
        </span>
      )}
    </div>
  )
}
