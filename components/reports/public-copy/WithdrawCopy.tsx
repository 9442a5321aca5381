'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useProblemText } from '#components/ui/use-problem-text.ts'

type Props = { isPublished: boolean; busy: boolean; onConfirm: (reason: string) => void; onClose: () => void }

export function WithdrawCopy({ isPublished, busy, onConfirm, onClose }: Props) {
  const t = useTranslations('report.publicCopy')
  const problemOf = useProblemText()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const confirm = () => {
    setTried(true)
    if (reason.trim() !== '') onConfirm(reason)
  }
  return (
    <ConfirmDialog
      open
      title={t(isPublished ? 'withdraw' : 'keepBack')}
      confirmLabel={t(isPublished ? 'withdraw' : 'keepBack')}
      tone="danger"
      busy={busy}
      onConfirm={confirm}
      onClose={onClose}
    >
      <FormField
        label={t('reason')}
        required
        error={problemOf(isTried && reason.trim() === '' ? 'required' : undefined)}
      >
        {(field) => (
          <TextArea {...field} autoFocus rows={3} value={reason} onChange={({ target }) => setReason(target.value)} />
        )}
      </FormField>
    </ConfirmDialog>
  )
}
