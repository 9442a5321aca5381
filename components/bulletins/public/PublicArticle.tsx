import type { ReactNode } from 'react'
import { formatDateTime } from '#components/ui/format.ts'
import { listQuery } from '#server/bulletins/rules/public-list.ts'
import { isStale } from '#server/bulletins/rules/stale.ts'
import { beginOf, endOf, validityAt } from '#server/bulletins/rules/validity.ts'
import { DocumentBlocks } from '../document/DocumentBlocks.tsx'
import { PassedOn } from './PassedOn.tsx'
import { PrintHead } from './PrintHead.tsx'
import { PublicFacts } from './PublicFacts.tsx'
import { PublicFrame } from './PublicFrame.tsx'
import { PublicMeta } from './PublicMeta.tsx'
import { type DrawnPage, isPast, pagesOf, type Reader } from './reader.ts'
import { StructuredPage } from './StructuredPage.tsx'

type Props = { page: DrawnPage; reader: Reader; isPreview?: boolean }

/** One bulletin as the public reads it. */
export function PublicArticle({ page, reader, isPreview = false }: Props) {
  const { locale } = reader
  const otherHome = pagesOf(locale === 'en' ? 'vi' : 'en')
  const isThere = locale === 'en' || page.content.en !== null
  return (
    <PublicFrame reader={reader} other={isThere && !isPreview ? `${otherHome}/${page.slug}` : otherHome}>
      <PublicText page={page} reader={reader} isPreview={isPreview} />
      {!isPreview && <PassedOn page={page} reader={reader} />}
      {!isPreview && <StructuredPage page={page} reader={reader} />}
    </PublicFrame>
  )
}

/** The content of a bulletin without the frame around it. */
export function PublicText({ page, reader, isPreview = false }: Props) {
  const { t, locale, at } = reader
  const english = locale === 'en' ? page.content.en : null
  const text = english ?? page.content.vi
  const lang = english ? 'en' : 'vi'
  const instruction = english ? page.content.alert?.instructionEn : page.content.alert?.instruction
  const validity = validityAt(page, at)
  const hasPassed = isPast(validity) || isStale(page, validity, at)
  return (
    <article>
      <PrintHead page={page} reader={reader} />
      {isPreview && <Notice tone="calm" title={t('published.preview')} />}
      <PublicNotices page={page} reader={reader} />
      {locale === 'en' && !english && <Notice tone="calm" title={t('published.onlyVietnamese')} />}
      <PublicMeta bulletin={page} reader={reader} codes={page.areaCodes} />
      <h1 className="title" lang={lang}>
        {text.title}
      </h1>
      <p className="lead" lang={lang}>
        {text.summary}
      </p>
      {instruction && (
        <div className="notice" data-tone={hasPassed ? 'past' : 'late'}>
          <strong>{t(hasPassed ? 'published.instructionPast' : 'published.instruction')}</strong>{' '}
          <span lang={lang}>{instruction}</span>
        </div>
      )}
      <div className="document" lang={lang}>
        <DocumentBlocks blocks={text.body.content} images={page.images} />
      </div>
      <PublicFacts page={page} reader={reader} />
    </article>
  )
}

/** What has become of the bulletin since: on top, for readers who followed an old link. */
function PublicNotices({ page, reader: { t, locale, at } }: { page: DrawnPage; reader: Reader }) {
  const notice = (locale === 'en' && page.noticeEn) || page.notice
  const newer = page.supersededBy
  const home = pagesOf(locale)
  const validity = validityAt(page, at)
  const [begin, end] = [beginOf(page.content), endOf(page.content)]
  const [place] = page.areaCodes
  return (
    <>
      {validity === 'withdrawn' && (
        <Notice tone="late" title={t('published.withdrawn.title')}>
          {notice} {t('published.withdrawn.at', { at: formatDateTime(page.changedAt) })}
        </Notice>
      )}
      {validity === 'superseded' && (
        <Notice title={t('published.superseded.title')}>
          {newer && (
            <a href={`${home}/${newer.slug}`}>
              {t('published.superseded.read', { title: (locale === 'en' && newer.titleEn) || newer.title })}
            </a>
          )}
        </Notice>
      )}
      {validity === 'expired' && end && (
        <Notice title={t('published.expired.title')}>
          {t('published.expired.at', { at: formatDateTime(end) })}{' '}
          <a href={`${home}${listQuery({ area: page.areaCodes.length === 1 ? (place ?? null) : null })}`}>
            {t('published.expired.read')}
          </a>
        </Notice>
      )}
      {isStale(page, validity, at) && (
        <Notice title={t('published.stale.title')}>
          {t('published.stale.at', { at: formatDateTime(page.firstPublishedAt) })}{' '}
          <a href={home}>{t('published.expired.read')}</a>
        </Notice>
      )}
      {validity === 'upcoming' && begin && (
        <Notice tone="calm" title={t('published.upcoming.title')}>
          {t('published.upcoming.at', { at: formatDateTime(begin) })}
        </Notice>
      )}
      {page.corrections.map(({ at: correctedAt, note, noteEn }) => (
        <Notice key={correctedAt.toISOString()} title={t('published.correctedAt', { at: formatDateTime(correctedAt) })}>
          {(locale === 'en' && noteEn) || note}
        </Notice>
      ))}
    </>
  )
}

type NoticeProps = { title: string; tone?: 'late' | 'calm'; children?: ReactNode }

function Notice({ title, tone, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role="note">
      <strong>{title}</strong>
      {children}
    </div>
  )
}
