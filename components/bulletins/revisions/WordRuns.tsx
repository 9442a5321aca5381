'use client'

import { useTranslations } from 'next-intl'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { WordRun } from '#server/bulletins/rules/diff.ts'
import styles from './Diff.module.css'

/** Words added and removed: underlined or struck out as well as coloured, and announced as "thêm" and "bớt". */
export function WordRuns({ runs }: { runs: readonly WordRun[] }) {
  const t = useTranslations('bulletins.diff')
  return (
    <span className={styles.words}>
      {runs.map(({ kind, text }, at) => {
        if (kind === 'same') return text
        const Mark = kind === 'inserted' ? 'ins' : 'del'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs are nothing but their place
          <Mark key={at} className={styles[kind]}>
            <VisuallyHidden>{t(`spoken.${kind}`)} </VisuallyHidden>
            {text}
            <VisuallyHidden> {t('spoken.end')} </VisuallyHidden>
          </Mark>
        )
      })}
    </span>
  )
}
