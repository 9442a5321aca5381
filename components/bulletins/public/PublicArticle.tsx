import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '#components/ui/format.ts'
import type { Locale } from '#messages/locales.ts'
import type { PublicPage } from '#server/bulletins/queries/public.ts'
import { phoneAddress } from '#server/bulletins/rules/document-html.ts'
import { DocumentView } from '../document/DocumentView.tsx'
import { PassedOn } from './PassedOn.tsx'
import styles from './Public.module.css'
import { PublicFrame, pagesOf } from './PublicFrame.tsx'
import { PublicMeta } from './PublicMeta.tsx'
import { StructuredPage } from './StructuredPage.tsx'

type Props = { page: PublicPage; locale: Locale; home: string | null; isPreview?: boolean }

/** One bulletin as everybody reads it. */
export async function PublicArticle({ page, locale, home, isPreview = false }: Props) {
  const t = await getTranslations({ locale, namespace: 'published' })
  const english = locale === 'en' ? page.content.en : null
  const text = english ?? page.content.vi
  const lang = english ? 'en' : 'vi'
  const instruction = english ? page.content.alert?.instructionEn : page.content.alert?.instruction
  return (
    <PublicFrame locale={locale} path={isPreview ? '' : `/${page.slug}`}>
      <article>
        {isPreview && <Notice tone="calm" title={t('preview')} />}
        <PublicNotices page={page} locale={locale} />
        {locale === 'en' && !english && <Notice tone="calm" title={t('onlyVietnamese')} />}
        <PublicMeta bulletin={page} locale={locale} />
        <h1 className={styles.title} lang={lang}>
          {text.title}
        </h1>
        <p className={styles.lead} lang={lang}>
          {text.summary}
        </p>
        {instruction && (
          <div className={styles.notice} data-tone="late">
            <strong>{t('instruction')}</strong> <span lang={lang}>{instruction}</span>
          </div>
        )}
        <DocumentView document={text.body} lang={lang} images={page.images} />
        <PublicFacts page={page} locale={locale} />
        {!isPreview && <PassedOn page={page} locale={locale} at={new Date()} />}
      </article>
      {!isPreview && <StructuredPage page={page} locale={locale} home={home} />}
    </PublicFrame>
  )
}

/** What became of the bulletin since: above everything else, for whoever was sent here by an old link. */
async function PublicNotices({ page, locale }: { page: PublicPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'published' })
  const notice = (locale === 'en' && page.noticeEn) || page.notice
  const newer = page.supersededBy
  return (
    <>
      {page.standing === 'withdrawn' && (
        <Notice tone="late" title={t('withdrawn.title')}>
          {notice} {t('withdrawn.at', { at: formatDateTime(page.changedAt) })}
        </Notice>
      )}
      {page.standing === 'superseded' && (
        <Notice title={t('superseded.title')}>
          {newer && (
            <a href={`${pagesOf(locale)}/${newer.slug}`}>
              {t('superseded.read', { title: (locale === 'en' && newer.titleEn) || newer.title })}
            </a>
          )}
        </Notice>
      )}
      {page.corrections.map(({ at, note, noteEn }) => (
        <Notice key={at.toISOString()} title={t('correctedAt', { at: formatDateTime(at) })}>
          {(locale === 'en' && noteEn) || note}
        </Notice>
      ))}
    </>
  )
}

type NoticeProps = { title: string; tone?: 'late' | 'calm'; children?: React.ReactNode }

function Notice({ title, tone, children }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role="note">
      <strong>{title}</strong>
      {children}
    </div>
  )
}

async function PublicFacts({ page, locale }: { page: PublicPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'published' })
  const { content, areas, incident, alertId } = page
  const isPhone = /^[+\d][\d\s.-]{2,}$/.test(content.contact)
  return (
    <dl className={styles.facts}>
      <dt>{t('areas')}</dt>
      <dd>{areas.length > 0 ? areas.join(', ') : t('wholeCity')}</dd>
      {content.validFrom && (
        <>
          <dt>{t('from')}</dt>
          <dd>{formatDateTime(new Date(content.validFrom))}</dd>
        </>
      )}
      {content.validTo && (
        <>
          <dt>{t('until')}</dt>
          <dd>{formatDateTime(new Date(content.validTo))}</dd>
        </>
      )}
      {content.source && (
        <>
          <dt>{t('source')}</dt>
          <dd lang="vi">{content.source}</dd>
        </>
      )}
      {content.contact && (
        <>
          <dt>{t('contact')}</dt>
          <dd>{isPhone ? <a href={phoneAddress(content.contact)}>{content.contact}</a> : content.contact}</dd>
        </>
      )}
      {incident && (
        <>
          <dt>{t('home')}</dt>
          <dd>
            <a href={`${pagesOf(locale)}?incident=${incident.id}`}>{t('ofIncident', { incident: incident.name })}</a>
          </dd>
        </>
      )}
      {alertId && (
        <>
          <dt>CAP 1.2</dt>
          <dd>
            <a href={`/feeds/alerts/${alertId}.xml`}>{t('alert')}</a>
          </dd>
        </>
      )}
    </dl>
  )
}
