'use client'

import { Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import type { Announcement } from '#server/bulletins/queries/announcement.ts'
import { useNumberWords } from '../use-number-words.ts'
import styles from './LoudspeakerSheet.module.css'

/** The announcer's text: large, one sentence a line, and whether it may be read out at all. */
export function LoudspeakerSheet({ announcement }: { announcement: Announcement }) {
  const t = useTranslations('bulletins.loudspeaker')
  const numberOf = useNumberWords()
  const { id, title, bar, text, seconds } = announcement
  const time = t('time', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
  return (
    <article className={styles.sheet}>
      <PageHeader
        above={<BackLink href={`/bulletins/${id}`}>{t('back')}</BackLink>}
        title={`${t('title')}: ${title}`}
        sentence={[numberOf(announcement), text && time, t('check')].filter(Boolean).join(' · ')}
        actions={
          <span className={styles.action}>
            <Button icon={<Printer />} onClick={() => window.print()}>
              {t('printNow')}
            </Button>
          </span>
        }
      />
      {bar && <p className={styles.bar}>{t(`bars.${bar}`)}</p>}
      {text && (
        <div className={styles.text} lang="vi">
          {text.split('\n').map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no id and may occur twice
            <p key={at}>{line}</p>
          ))}
        </div>
      )}
    </article>
  )
}
