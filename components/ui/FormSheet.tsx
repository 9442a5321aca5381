'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from './Button.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import styles from './FormSheet.module.css'
import { Sheet } from './Sheet.tsx'

type Props = {
  title: string
  /** The verb: "Lưu", "Thêm". */
  submitLabel: string
  busy: boolean
  /** Something was typed: closing asks for confirmation. */
  isChanged: boolean
  /** The server's refusal, above the fields. */
  refusal?: ReactNode
  width?: number
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
  /** Beside the buttons but separate: remove. */
  aside?: ReactNode
}

/** A form in a sheet. What was typed stays until it is saved or deliberately discarded. */
export function FormSheet(props: Props) {
  const { title, submitLabel, busy, isChanged, refusal, width = 520, onSubmit, onClose, children, aside } = props
  const t = useTranslations('common')
  const id = useId()
  const [isLeaving, setLeaving] = useState(false)
  const leave = () => (isChanged ? setLeaving(true) : onClose())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (!busy) onSubmit()
  }
  const footer = (
    <>
      <Button type="submit" form={id} variant="primary" busy={busy}>
        {submitLabel}
      </Button>
      <Button onClick={leave} disabled={busy}>
        {t('cancel')}
      </Button>
      {aside && <span className={styles.aside}>{aside}</span>}
    </>
  )
  return (
    <>
      <Sheet open title={title} width={width} footer={footer} onClose={leave}>
        <form id={id} className={styles.form} noValidate onSubmit={submit}>
          {refusal}
          {children}
        </form>
      </Sheet>
      <ConfirmDialog
        open={isLeaving}
        title={t('form.leave')}
        confirmLabel={t('form.throwAway')}
        tone="danger"
        onConfirm={onClose}
        onClose={() => setLeaving(false)}
      >
        {t('form.leaveSentence')}
      </ConfirmDialog>
    </>
  )
}
