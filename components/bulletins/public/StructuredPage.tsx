import { readAs } from '#server/bulletins/rules/stale.ts'
import { endOf } from '#server/bulletins/rules/validity.ts'
import { type DrawnPage, pagesOf, type Reader } from './reader.ts'

/** Status terms of schema.org for what no longer holds. */
const statuses: Partial<Record<ReturnType<typeof readAs>, string>> = {
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  superseded: 'Superseded',
  stale: 'Obsolete',
}

/** The same facts as structured data: a news article, or a special announcement while a warning is in force. */
export function StructuredPage({ page, reader }: { page: DrawnPage; reader: Reader }) {
  const { locale, t, home, at } = reader
  const text = (locale === 'en' && page.content.en) || page.content.vi
  const url = `${home}${pagesOf(text === page.content.en ? 'en' : 'vi')}/${page.slug}`
  const end = endOf(page.content)
  const status = statuses[readAs(page, at)]
  const isWarning = page.content.kind !== 'news' && page.content.kind !== 'policy'
  const author = { '@type': 'GovernmentOrganization', name: t('published.author') }
  const structured = {
    '@context': 'https://schema.org',
    '@type': isWarning ? 'SpecialAnnouncement' : 'NewsArticle',
    ...(isWarning
      ? {
          name: text.title,
          text: text.summary,
          datePosted: page.firstPublishedAt.toISOString(),
          spatialCoverage: (page.areas.length > 0 ? page.areas : ['Hà Nội']).map((name) => ({
            '@type': 'AdministrativeArea',
            name,
          })),
        }
      : {
          headline: text.title,
          description: text.summary,
          datePublished: page.firstPublishedAt.toISOString(),
          dateModified: page.changedAt.toISOString(),
          author,
        }),
    ...(end && { expires: end.toISOString() }),
    ...(status && { creativeWorkStatus: status }),
    publisher: author,
    inLanguage: text === page.content.en ? 'en' : 'vi',
    mainEntityOfPage: url,
    url,
  }
  // A closing tag within a title must not end the script element.
  const json = JSON.stringify(structured).replace(/</g, '\\u003c')
  return (
    <script
      type="application/ld+json"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of our own making, with every < written as an escape
      dangerouslySetInnerHTML={{ __html: json }}
    />
  )
}
