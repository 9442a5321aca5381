'use client'

import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId } from 'react'
import { Button } from './Button.tsx'
import type { ConfirmDialogProps } from './ConfirmDialog.tsx'
import styles from './ConfirmDialogPanel.module.css'

export function ConfirmDialogPanel(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, tone = 'primary', busy = false, reason, onConfirm, onClose } = props
  const t = useTranslations('common')
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // Confirming must not submit the form that opened the dialog.
    event.stopPropagation()
    if (!busy && reason === undefined) onConfirm()
  }
  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      maxWidth="xs"
      fullWidth
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <form ref={takeFocus} className={styles.form} onSubmit={submit} noValidate>
        <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
        <DialogContent id={`${id}-text`}>{children}</DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy} data-awaits={tone === 'danger' || undefined}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            variant={tone}
            busy={busy}
            reason={reason}
            data-awaits={tone === 'primary' || undefined}
          >
            {confirmLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

const typed = ':is(textarea, input:is([type="text"], [type="password"], [type="url"])):not([tabindex="-1"])'

/** If there is a text field, it gets the focus; otherwise Enter confirms, unless that destroys something. */
function takeFocus(form: HTMLFormElement | null): void {
  const first = form?.querySelector<HTMLElement>(typed) ?? form?.querySelector<HTMLElement>('[data-awaits]')
  first?.focus()
}
