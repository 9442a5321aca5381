'use client'

import { Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import {
  announcementOf,
  basisOf,
  isOutdated,
  madeAnnouncement,
  readingSeconds,
} from '#server/bulletins/rules/loudspeaker.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { loudspeakerLimits } from '#server/platform/rules/limits.ts'
import { useAreaNames } from '../use-area-names.ts'
import styles from './LoudspeakerPanel.module.css'

export type LoudspeakerPanelProps = {
  id: string
  isExercise: boolean
  content: BulletinContent
  isEditable: boolean
  onChange: (change: Partial<BulletinContent>) => void
}

/** The text that wards read out: generated from the bulletin until someone writes it themselves. */
export function LoudspeakerPanel({ id, isExercise, content, isEditable, onChange }: LoudspeakerPanelProps) {
  const t = useTranslations('bulletins.loudspeaker')
  const areas = useAreaNames(content.areaIds)
  /** An emptied field stays empty while it has the focus. */
  const [typed, setTyped] = useState<string | null>(null)
  if (!areas) return <Skeleton height={240} />
  const written = content.loudspeaker ?? null
  const made = madeAnnouncement(content, areas)
  const text = announcementOf(content, { areas, isExercise })
  const seconds = readingSeconds(text)
  const write = (words: string) => {
    // The basis stays the one of the first writing: otherwise the next keystroke would hide that the text is outdated.
    const basis = written?.basis ?? basisOf(content)
    onChange({ loudspeaker: words.trim() === '' ? null : { text: words, basis } })
  }
  return (
    <section className={styles.panel} aria-label={t('title')}>
      <p className={styles.hint}>{t('hint')}</p>
      <p className={styles.facts}>
        <span>{t(written ? 'written' : 'made')}</span>
        <span>{t('time', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}</span>
      </p>
      <p className={styles.facts}>
        <a href={`/bulletins/${id}/loudspeaker`} target="_blank" rel="noreferrer" className={styles.print}>
          <Printer size={14} aria-hidden="true" />
          {t('print')}
        </a>
        <CopyButton text={text} what={t('what')} />
      </p>
      {isOutdated(content) && (
        <div className={styles.outdated} role="alert">
          {t('outdated')}
          {isEditable && written && (
            <Button
              size="small"
              onClick={() => onChange({ loudspeaker: { text: written.text, basis: basisOf(content) } })}
            >
              {t('confirm')}
            </Button>
          )}
        </div>
      )}
      {isEditable && (written || typed !== null) ? (
        <FormField label={t('label')}>
          {(field) => (
            <TextArea
              {...field}
              className={styles.input ?? ''}
              lang="vi"
              rows={14}
              maxLength={loudspeakerLimits.characters}
              value={typed ?? written?.text ?? ''}
              onChange={({ target }) => {
                setTyped(target.value)
                write(target.value)
              }}
              onBlur={() => setTyped(null)}
            />
          )}
        </FormField>
      ) : (
        <div className={styles.text} lang="vi">
          {text.split('\n').map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no id and may occur twice
            <p key={at}>{line}</p>
          ))}
        </div>
      )}
      {isEditable && (
        <div className={styles.actions}>
          {written ? (
            <Button
              size="small"
              variant="quiet"
              onClick={() => {
                setTyped(null)
                onChange({ loudspeaker: null })
              }}
            >
              {t('remake')}
            </Button>
          ) : (
            typed === null && (
              <Button size="small" onClick={() => write(made)}>
                {t('edit')}
              </Button>
            )
          )}
        </div>
      )}
    </section>
  )
}
