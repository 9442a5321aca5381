import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PublicArticle } from '#components/bulletins/public/PublicArticle.tsx'
import { readPreview } from '#server/bulletins/http/reading.ts'

/** A secret address, to be found by nobody and passed on to nobody. */
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' }

type Props = {
  params: Promise<{ token: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function Page({ params, searchParams }: Props) {
  const page = await readPreview((await params).token)
  if (!page) notFound()
  const locale = (await searchParams).lang === 'en' ? 'en' : 'vi'
  return <PublicArticle page={page} locale={locale} home={null} isPreview />
}
