'use client'

import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './Composer.module.css'
import type { HeldDraft } from './drafts.ts'

type Props = { draft: Pick<HeldDraft<unknown>, 'savedAt' | 'isOnServer' | 'drop'>; children?: ReactNode }

/** "Đã lưu nháp 09:41": when and where the draft was last saved, and the button to discard it. */
export function DraftLine({ draft, children }: Props) {
  const t = useTranslations('report.composer')
  const format = useFormat()
  return (
    <span className={styles.draft}>
      <span role="status" title={t(draft.isOnServer ? 'draftOnServer' : 'draftKept')}>
        {draft.savedAt ? t('draftSaved', { time: format.time(draft.savedAt) }) : ''}
      </span>
      {draft.savedAt && (
        <IconButton label={t('discard')} size="small" onClick={draft.drop}>
          <Trash2 />
        </IconButton>
      )}
      {children}
    </span>
  )
}
