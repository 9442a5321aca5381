'use client'

import { FileCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'
import styles from './Diff.module.css'
import { RevisionDiff } from './RevisionDiff.tsx'

/** What would be published compared with what its approver read: identical, or with the typos corrected meanwhile. */
export function SinceApproval({ bulletin: { id, mended } }: { bulletin: Pick<BulletinBrief, 'id' | 'mended'> }) {
  const t = useTranslations('bulletins.sinceApproval')
  if (!mended) {
    return (
      <p className={styles.approved}>
        <FileCheck size={16} aria-hidden="true" />
        {t('same')}
      </p>
    )
  }
  return (
    <div className={styles.mended}>
      <p>{t('mended')}</p>
      <RevisionDiff bulletinId={id} {...mended} />
    </div>
  )
}
