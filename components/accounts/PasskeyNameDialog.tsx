'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import styles from './SecondFactor.module.css'

type Props = {
  /** The current name; absent for a new passkey. */
  name?: string
  problem?: string | undefined
  busy: boolean
  onNamed: (name: string) => unknown
  onClose: () => void
}

/** Names a passkey so that its owner recognizes it. */
export function PasskeyNameDialog({ name: before, problem, busy, onNamed, onClose }: Props) {
  const t = useTranslations('accounts.secondFactor')
  const [name, setName] = useState(before ?? '')
  const [isMissing, setMissing] = useState(false)
  const send = () => (name.trim() === '' ? setMissing(true) : onNamed(name))
  return (
    <ConfirmDialog
      open
      title={t(before === undefined ? 'addPasskey' : 'renamePasskey')}
      confirmLabel={t(before === undefined ? 'addPasskey' : 'save')}
      busy={busy}
      onConfirm={send}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <FormField
          label={t('passkeyName')}
          hint={t('passkeyNameHint')}
          error={isMissing ? t('passkeyNameMissing') : problem}
        >
          {(field) => (
            <TextInput
              {...field}
              type="text"
              maxLength={60}
              value={name}
              onChange={(event) => {
                setName(event.target.value)
                setMissing(false)
              }}
            />
          )}
        </FormField>
      </div>
    </ConfirmDialog>
  )
}
