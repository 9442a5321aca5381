'use client'

import { GitMerge } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Refusal } from '#components/trpc/refusal.ts'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './ConflictNotice.module.css'
import { useDetailWords } from './use-detail-words.ts'

type Conflict = { version: number; by: string | null; at: Date | null; changes: Record<string, [unknown, unknown]> }

type Props = {
  refusal: Refusal
  /** Continues with what was typed, on top of the newer version. */
  onKeep: (version: number) => void
  /** Discards what was typed and shows the newer version. */
  onTake: () => void
}

/** Someone else saved first: who, when and what, and the two choices. What was typed stays until one is chosen. */
export function ConflictNotice({ refusal, onKeep, onTake }: Props) {
  const t = useTranslations('events.conflict')
  const format = useFormat()
  const { fieldOf, wordsOf } = useDetailWords()
  const { version, by, at, changes } = refusal.details as Conflict
  const changed = Object.entries(changes)
  return (
    <section className={styles.notice} role="alert">
      <h3 className={styles.title}>
        <GitMerge size={16} aria-hidden="true" />
        {t('title', { by: by ?? 'none' })}
      </h3>
      {changed.length === 0 || at === null ? (
        <p>{t('unknown')}</p>
      ) : (
        <>
          <p>{t('at', { at: format.dateTime(at) })}</p>
          <ul className={styles.changes}>
            {changed.map(([field, [before, after]]) => (
              <li key={field}>
                <span className={styles.field}>{fieldOf(field)}:</span> {wordsOf(field, before)} →{' '}
                <strong>{wordsOf(field, after)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={styles.kept}>{t('kept')}</p>
      <div className={styles.actions}>
        <Button size="small" onClick={() => onKeep(version)}>
          {t('keep')}
        </Button>
        <Button size="small" onClick={onTake}>
          {t('take')}
        </Button>
      </div>
    </section>
  )
}
