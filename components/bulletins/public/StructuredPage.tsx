import { getTranslations } from 'next-intl/server'
import type { Locale } from '#messages/locales.ts'
import type { PublicPage } from '#server/bulletins/queries/public.ts'
import { endOf } from '#server/bulletins/rules/validity.ts'
import { pagesOf } from './PublicFrame.tsx'

/** The same facts for machines: a news article, or a special announcement while a warning holds. */
export async function StructuredPage({
  page,
  locale,
  home,
}: {
  page: PublicPage
  locale: Locale
  home: string | null
}) {
  const t = await getTranslations({ locale, namespace: 'published' })
  const text = (locale === 'en' && page.content.en) || page.content.vi
  const url = `${home ?? ''}${pagesOf(locale)}/${page.slug}`
  const end = endOf(page.content)
  const isWarning = page.content.kind !== 'news' && page.content.kind !== 'policy'
  const author = { '@type': 'GovernmentOrganization', name: t('author') }
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
    publisher: author,
    inLanguage: text === page.content.en ? 'en' : 'vi',
    mainEntityOfPage: url,
    url,
  }
  // A closing tag within a title must not end the script.
  const json = JSON.stringify(structured).replace(/</g, '\\u003c')
  return (
    <script
      type="application/ld+json"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of our own making, with every < written as an escape
      dangerouslySetInnerHTML={{ __html: json }}
    />
  )
}
