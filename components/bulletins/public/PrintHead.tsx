import { formatDateTime } from '#components/ui/format.ts'
import { beginOf, endOf, validityAt } from '#server/bulletins/rules/validity.ts'
import { plainIncident } from './incident-words.tsx'
import { type DrawnPage, pagesOf, type Reader } from './reader.ts'

/** Only in print: issuer, number, validity, address, and the time of this copy. */
export function PrintHead({ page, reader }: { page: DrawnPage; reader: Reader }) {
  const { locale, t, at, home } = reader
  const { number, incident, firstPublishedAt, content, slug } = page
  const [begin, end] = [beginOf(content), endOf(content)]
  const validity = validityAt(page, at)
  const issued = t('published.paper.issued', { at: formatDateTime(firstPublishedAt) })
  const mark = ['expired', 'upcoming', 'withdrawn', 'superseded'].includes(validity)
    ? t(`published.marks.${validity as 'expired' | 'upcoming' | 'withdrawn' | 'superseded'}`)
    : null
  const span = [
    begin && `${t('published.from')} ${formatDateTime(begin)}`,
    `${t('published.until')} ${end ? formatDateTime(end) : t('published.noEnd')}`,
  ]
  return (
    <div className="paper">
      <p className="issuer">{t('published.author')}</p>
      <p>
        {[
          incident && number
            ? t.markup('published.number', { number: String(number), ...plainIncident(incident, locale) })
            : null,
          issued,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>{[...span, mark].filter(Boolean).join(' · ')}</p>
      {slug && (
        <p>
          {home}
          {pagesOf(locale)}/{slug}
        </p>
      )}
      <p data-printed={t('published.paper.printed', { at: '{at}' })}>
        {t('published.paper.taken', { at: formatDateTime(at) })}
      </p>
    </div>
  )
}
