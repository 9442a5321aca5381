import type { Listing } from '#server/bulletins/http/reading.ts'
import type { PublicPage } from '#server/bulletins/queries/public.ts'
import { type FeedFormat, feedFormats, feedPath } from '#server/bulletins/rules/feed-address.ts'
import { listQuery, type PublicListAddress } from '#server/bulletins/rules/public-list.ts'
import { shareAddress, shareShapes } from '#server/bulletins/rules/share-image.ts'
import { readAs } from '#server/bulletins/rules/stale.ts'
import { pagesOf, type Reader } from './reader.ts'

/** The feed of what the list shows: by place, incident and kind; not by search text or page number. */
export const feedOf = ({ area, incident, kind }: PublicListAddress, { locale }: Reader, format: FeedFormat = 'atom') =>
  feedPath(format, { area, incident, kind, language: locale })

const feedTypes: Record<FeedFormat, string> = {
  atom: 'application/atom+xml',
  rss: 'application/rss+xml',
  json: 'application/feed+json',
}

/** Metadata of a list. A search, or an older page, is not indexed. */
export function ListHead({ listing: { address }, reader }: { listing: Listing; reader: Reader }) {
  const { locale, t, home } = reader
  const query = listQuery({ ...address, before: null, words: '' })
  const isWhole = address.before === null && address.words === ''
  return (
    <>
      <meta name="description" content={t('published.description')} />
      <meta name="robots" content={isWhole ? 'index, follow' : 'noindex, follow'} />
      <link rel="canonical" href={`${home}${pagesOf(locale)}${query}`} />
      <link rel="alternate" hrefLang="vi" href={`${home}${pagesOf('vi')}${query}`} />
      <link rel="alternate" hrefLang="en" href={`${home}${pagesOf('en')}${query}`} />
      {feedFormats.map((format) => (
        <link
          key={format}
          rel="alternate"
          type={feedTypes[format]}
          title={t('published.title')}
          href={feedOf(address, reader, format)}
        />
      ))}
    </>
  )
}

/** Metadata of a bulletin. The other language is named where the bulletin exists in it. */
export function ArticleHead({ page, reader }: { page: PublicPage; reader: Reader }) {
  const { locale, t, home, at } = reader
  const english = locale === 'en' ? page.content.en : null
  const { title, summary } = english ?? page.content.vi
  const addressIn = (language: Reader['locale']) => `${home}${pagesOf(language)}/${page.slug}`
  const picture = shareAddress(page, { language: english ? 'en' : 'vi', shape: 'ngang', validity: readAs(page, at) })
  // Without an English text the English address repeats the Vietnamese one.
  const canonical = addressIn(english ? 'en' : 'vi')
  return (
    <>
      <meta name="description" content={summary} />
      <meta name="robots" content={page.standing === 'withdrawn' ? 'noindex, follow' : 'index, follow'} />
      <link rel="canonical" href={canonical} />
      {page.content.en && <link rel="alternate" hrefLang="vi" href={addressIn('vi')} />}
      {page.content.en && <link rel="alternate" hrefLang="en" href={addressIn('en')} />}
      <meta property="og:type" content="article" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={summary} />
      <meta property="og:site_name" content={t('published.title')} />
      <meta property="og:locale" content={english ? 'en_US' : 'vi_VN'} />
      <meta property="og:url" content={canonical} />
      <meta property="og:image" content={`${home}${picture}`} />
      <meta property="og:image:type" content="image/png" />
      <meta property="og:image:width" content={String(shareShapes.ngang.width)} />
      <meta property="og:image:height" content={String(shareShapes.ngang.height)} />
      <meta property="og:image:alt" content={t('published.share.name', { title })} />
      <meta property="article:published_time" content={page.firstPublishedAt.toISOString()} />
      <meta property="article:modified_time" content={page.changedAt.toISOString()} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  )
}
