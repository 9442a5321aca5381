'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { FoldedText } from '#components/ui/FoldedText.tsx'
import { decodeTelex } from '#server/platform/rules/telex.ts'
import styles from './ReadAs.module.css'

/** Under words that were typed in Telex or VNI, which stay as they are: what they say. */
export function ReadAs({ title, body }: { title: string; body: string }) {
  const t = useTranslations('report')
  const read = useMemo(
    () =>
      [title, body].flatMap((text) => {
        const decoded = decodeTelex(text)
        return decoded === text ? [] : [decoded]
      }),
    [title, body],
  )
  if (read.length === 0) return null
  return (
    <FoldedText lines={3} className={styles.read}>
      {t('readAs')} <span lang="vi">{read.join(' – ')}</span>
    </FoldedText>
  )
}
