'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './Composer.module.css'
import type { HeldDraft } from './drafts.ts'

/** "Đã lưu nháp 09:41": when the words were last kept on this machine, and the way to throw them away. */
export function DraftLine({ draft }: { draft: Pick<HeldDraft<unknown>, 'savedAt' | 'drop'> }) {
  const t = useTranslations('report.composer')
  const format = useFormat()
  return (
    <span className={styles.draft}>
      <span role="status" title={t('draftKept')}>
        {draft.savedAt ? t('draftSaved', { time: format.time(draft.savedAt) }) : ''}
      </span>
      {draft.savedAt && (
        <Button size="small" variant="quiet" onClick={draft.drop}>
          {t('discard')}
        </Button>
      )}
    </span>
  )
}
