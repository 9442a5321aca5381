'use client'

import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { isReason } from '#server/disclosures/rules/disclosure.ts'
import styles from './ReasonDialog.module.css'
import { ReasonField } from './ReasonField.tsx'

type Props = {
  title: string
  sentence: string
  confirmLabel: string
  usual: readonly string[]
  /** Looks, with this reason. A refusal is shown here; asks for a confirmation of identity where required. */
  onReason: (reason: string) => Promise<void>
  onClose: () => void
}

/** Asks for a reason before personal data is shown. */
export function ReasonDialog({ title, sentence, confirmLabel, usual, onReason, onClose }: Props) {
  const toast = useToast()
  const textOf = useRefusalText()
  const { attempt, dialog } = useConfirmedAttempt()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const look = async () => {
    setTried(true)
    if (!isReason(reason)) return
    setBusy(true)
    await attempt({
      run: () => onReason(reason),
      onRefused: (error) => toast({ text: textOf(error), tone: 'failure' }),
    })
    setBusy(false)
  }
  return (
    <>
      <ConfirmDialog
        open
        title={title}
        confirmLabel={confirmLabel}
        busy={isBusy}
        onClose={onClose}
        onConfirm={() => void look()}
      >
        <p className={styles.sentence}>{sentence}</p>
        <ReasonField value={reason} isMissing={isTried && !isReason(reason)} usual={usual} onChange={setReason} />
      </ConfirmDialog>
      {dialog}
    </>
  )
}
