import { formatDateTime } from '#components/ui/format.ts'
import { phoneAddress } from '#server/bulletins/rules/document-html.ts'
import { hasArea } from '#server/bulletins/rules/named-areas.ts'
import { beginOf, endOf, validityAt } from '#server/bulletins/rules/validity.ts'
import { languageOfName, nameIn } from '#server/platform/rules/filters/things.ts'
import { incidentWords } from './incident-words.tsx'
import { type DrawnPage, pagesOf, placeName, type Reader } from './reader.ts'

/** Areas, validity, issuer and contact. */
export function PublicFacts({ page, reader }: { page: DrawnPage; reader: Reader }) {
  const { locale, t, at } = reader
  const { content, areas, incident, alertId } = page
  const [begin, end] = [beginOf(content), endOf(content)]
  const isPhone = /^[+\d][\d\s.-]{2,}$/.test(content.contact)
  const source = { name: content.source, nameEn: content.sourceEn ?? '' }
  return (
    <dl className="facts">
      <dt>{t('published.areas')}</dt>
      <dd>
        {areas.length > 0
          ? areas.map((name) => placeName(name, locale)).join(', ')
          : t(hasArea(content) ? 'published.wholeCity' : 'published.noArea')}
      </dd>
      {begin && (
        <>
          <dt>{t('published.from')}</dt>
          <dd>{formatDateTime(begin)}</dd>
        </>
      )}
      {(end || (content.kind !== 'news' && content.kind !== 'policy')) && (
        <>
          <dt>{t('published.until')}</dt>
          <dd>
            {end ? formatDateTime(end) : t('published.noEnd')}
            {validityAt(page, at) === 'expired' && ` (${t('published.marks.expired').toLocaleLowerCase(locale)})`}
          </dd>
        </>
      )}
      {content.source && (
        <>
          <dt>{t('published.source')}</dt>
          <dd lang={languageOfName(source, locale === 'en')}>{nameIn(source, locale === 'en')}</dd>
        </>
      )}
      {content.contact && (
        <>
          <dt>{t('published.contact')}</dt>
          <dd>{isPhone ? <a href={phoneAddress(content.contact)}>{content.contact}</a> : content.contact}</dd>
        </>
      )}
      {incident && (
        <>
          <dt>{t('published.home')}</dt>
          <dd>
            <a href={`${pagesOf(locale)}?incident=${incident.id}`}>
              {t.rich('published.ofIncident', incidentWords(incident, locale))}
            </a>
          </dd>
        </>
      )}
      {alertId && (
        <>
          <dt>CAP 1.2</dt>
          <dd>
            <a href={`/feeds/alerts/${alertId}.xml`}>{t('published.alert')}</a>
          </dd>
        </>
      )}
    </dl>
  )
}
