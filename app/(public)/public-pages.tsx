import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { NoBulletin } from '#components/bulletins/public/NoBulletin.tsx'
import { PublicArticle } from '#components/bulletins/public/PublicArticle.tsx'
import { pagesOf } from '#components/bulletins/public/PublicFrame.tsx'
import { PublicList } from '#components/bulletins/public/PublicList.tsx'
import type { Locale } from '#messages/locales.ts'
import { type PublicPage, publicHome, readBulletin, readList } from '#server/bulletins/http/reading.ts'
import { shareAddress, shareShapes } from '#server/bulletins/rules/share-image.ts'
import { validityAt } from '#server/bulletins/rules/validity.ts'

export type ListProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }
export type PageProps = { params: Promise<{ slug: string }> }

const bulletinOf = cache(readBulletin)
const base = (): Pick<Metadata, 'metadataBase'> => {
  const home = publicHome()
  return home ? { metadataBase: new URL(home) } : {}
}

const otherLanguages = (path: string): NonNullable<Metadata['alternates']>['languages'] => ({
  vi: `/ban-tin${path}`,
  en: `/en/ban-tin${path}`,
})

/** The two languages of each page differ in nothing but the language: both are made here. */
export function listMetadata(locale: Locale): () => Promise<Metadata> {
  return async () => {
    const t = await getTranslations({ locale, namespace: 'published' })
    const query = locale === 'en' ? '?lang=en' : ''
    return {
      ...base(),
      title: { absolute: t('title') },
      description: t('description'),
      robots: { index: true, follow: true },
      alternates: {
        canonical: pagesOf(locale),
        languages: otherLanguages(''),
        types: {
          'application/atom+xml': `/feeds/bulletins.atom${query}`,
          'application/rss+xml': `/feeds/bulletins.rss${query}`,
          'application/feed+json': `/feeds/bulletins.json${query}`,
        },
      },
    }
  }
}

export function listPage(locale: Locale) {
  return async ({ searchParams }: ListProps) => {
    const asked = await searchParams
    const listing = await readList(asked)
    return <PublicList locale={locale} {...listing} isFirst={asked.before === undefined} />
  }
}

export function bulletinMetadata(locale: Locale): (props: PageProps) => Promise<Metadata> {
  return async ({ params }) => {
    const { slug } = await params
    const page = await bulletinOf(slug)
    if (!page || page === 'gone') return { robots: { index: false, follow: false } }
    const t = await getTranslations({ locale, namespace: 'published' })
    const { title, summary: description } = (locale === 'en' && page.content.en) || page.content.vi
    return {
      ...base(),
      title: { absolute: `${title} · ${t('title')}` },
      description,
      robots: { index: page.standing !== 'withdrawn', follow: true },
      alternates: { canonical: `${pagesOf(locale)}/${slug}`, languages: otherLanguages(`/${slug}`) },
      openGraph: {
        type: 'article',
        title,
        description,
        siteName: t('title'),
        locale: locale === 'en' ? 'en_US' : 'vi_VN',
        url: `${pagesOf(locale)}/${slug}`,
        publishedTime: page.firstPublishedAt.toISOString(),
        modifiedTime: page.changedAt.toISOString(),
        images: [sharePicture(page, locale, t('share.name', { title }))],
      },
    }
  }
}

/** Drawn by a door of the server: `server/bulletins/http/share-images.ts`. */
function sharePicture(page: PublicPage, language: Locale, alt: string) {
  const url = shareAddress(page, { language, shape: 'ngang', validity: validityAt(page, new Date()) })
  return { url, alt, type: 'image/png', ...shareShapes.ngang }
}

export function bulletinPage(locale: Locale) {
  return async ({ params }: PageProps) => {
    const page = await bulletinOf((await params).slug)
    if (page === 'gone') return <NoBulletin locale={locale} what="gone" />
    if (!page) notFound()
    return <PublicArticle page={page} locale={locale} home={publicHome()} />
  }
}
