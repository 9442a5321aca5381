import { NoBulletin } from '#components/bulletins/public/NoBulletin.tsx'
import { PublicArticle } from '#components/bulletins/public/PublicArticle.tsx'
import { ArticleHead, ListHead } from '#components/bulletins/public/PublicHead.tsx'
import { listTitle, PublicList } from '#components/bulletins/public/PublicList.tsx'
import type { Reader } from '#components/bulletins/public/reader.ts'
import type { Locale } from '#messages/locales.ts'
import { readBulletin, readList, readPreview } from '#server/bulletins/http/reading.ts'
import { listQuery, readListAddress } from '#server/bulletins/rules/public-list.ts'
import { answerKept, answerPage, type Page } from './answer-page.tsx'
import { readerOf } from './reader-of.ts'

type Named<Name extends string> = { params: Promise<Record<Name, string>> }

/**
 * The public pages, rendered to plain HTML without the scripts that Next sends. Both languages share one handler.
 * Caching and status codes: server/bulletins/http/pages.ts.
 */
export function listRoute(locale: Locale) {
  return async (request: Request): Promise<Response> => {
    const asked = new URL(request.url)
    const address = readListAddress(asked.searchParams)
    const path = `${asked.pathname}${listQuery(address)}`
    // A form sends its empty fields too; redirects to the address without them, which is the one to share.
    if ([...asked.searchParams.values()].includes('')) return seeOther(path)
    return answerKept(request, async () => {
      const reader = readerOf(request, locale)
      const listing = await readList(address, reader.at)
      return {
        reader,
        title: [listTitle(listing, reader), reader.t('published.title')]
          .filter((each, at, all) => all.indexOf(each) === at)
          .join(' · '),
        head: <ListHead listing={listing} reader={reader} />,
        body: <PublicList listing={listing} reader={reader} />,
      }
    })
  }
}

export function bulletinRoute(locale: Locale) {
  return async (request: Request, { params }: Named<'slug'>): Promise<Response> => {
    const { slug } = await params
    return answerKept(request, async () => {
      const page = await readBulletin(slug)
      const reader = readerOf(request, locale)
      if (!page || page === 'gone') return noBulletin(reader, page ?? 'missing')
      const { title } = (locale === 'en' && page.content.en) || page.content.vi
      return {
        reader,
        title: `${title} · ${reader.t('published.title')}`,
        head: <ArticleHead page={page} reader={reader} />,
        body: <PublicArticle page={page} reader={reader} />,
      }
    })
  }
}

/** A secret address: not to be indexed and not to be passed on in a referrer. */
export async function previewRoute(request: Request, { params }: Named<'token'>): Promise<Response> {
  const locale = new URL(request.url).searchParams.get('lang') === 'en' ? 'en' : 'vi'
  const page = await readPreview((await params).token)
  const reader = readerOf(request, locale)
  if (!page) return answerPage(noBulletin(reader, 'missing'))
  return answerPage({
    reader,
    title: reader.t('published.title'),
    head: (
      <>
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
      </>
    ),
    body: <PublicArticle page={page} reader={reader} isPreview />,
    headers: { 'cache-control': 'private, no-store' },
  })
}

export const missingRoute =
  (locale: Locale) =>
  (request: Request): Promise<Response> =>
    answerPage(noBulletin(readerOf(request, locale), 'missing'))

function noBulletin(reader: Reader, what: 'gone' | 'missing'): Page {
  return {
    reader,
    status: what === 'gone' ? 410 : 404,
    title: reader.t(`published.${what}.title`),
    head: <meta name="robots" content="noindex, nofollow" />,
    body: <NoBulletin reader={reader} what={what} />,
    headers: { 'cache-control': 'no-store' },
  }
}

const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { location: path, 'cache-control': 'public, max-age=3600' } })
