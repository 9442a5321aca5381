import { formatDateTime } from '#components/ui/format.ts'
import type { PublicBulletin } from '#server/bulletins/queries/public.ts'
import { isStale } from '#server/bulletins/rules/stale.ts'
import { endOf, validityAt } from '#server/bulletins/rules/validity.ts'
import { incidentWords } from './incident-words.tsx'
import { KindIcon } from './KindIcon.tsx'
import { isPast, type Reader } from './reader.ts'

type Props = { bulletin: PublicBulletin; reader: Reader; codes?: readonly string[] }

/** Kind, number, publication time and validity in one line, as text beside the colour. */
export function PublicMeta({ bulletin, reader: { t, at, locale }, codes = [] }: Props) {
  const { content, number, incident, firstPublishedAt } = bulletin
  const validity = validityAt(bulletin, at)
  const end = endOf(content)
  const stale = isStale(bulletin, validity, at)
  return (
    <div className="meta">
      <span className="kind" data-severity={isPast(validity) || stale ? undefined : content.severity}>
        <KindIcon kind={content.kind} />
        {t(`published.kinds.${content.kind}`)}
        {content.severity === 'emergency' && ` · ${t('published.severities.emergency')}`}
      </span>
      {incident && number && (
        <span>{t.rich('published.number', { number: String(number), ...incidentWords(incident, locale) })}</span>
      )}
      <time dateTime={firstPublishedAt.toISOString()}>{formatDateTime(firstPublishedAt)}</time>
      {validity === 'inForce' && end && <span>{t('published.validUntil', { at: formatDateTime(end) })}</span>}
      {(validity === 'expired' || validity === 'upcoming' || validity === 'withdrawn' || validity === 'superseded') && (
        <span className="mark">{t(`published.marks.${validity}`)}</span>
      )}
      {stale && <span className="mark">{t('published.marks.stale')}</span>}
      {codes.length > 0 && (
        <span className="mark own" data-ward-codes={codes.join(' ')} hidden>
          {t('published.ward.concerned')}
        </span>
      )}
    </div>
  )
}
