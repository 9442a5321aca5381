'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { disclosureLimits } from '#server/platform/rules/limits.ts'
import styles from './ReasonField.module.css'

const { shortest, longest } = disclosureLimits.reason

type Props = {
  value: string
  /** Submitted once already, and found too short. */
  isMissing: boolean
  /** Frequent reasons, one press each. */
  usual?: readonly string[]
  onChange: (reason: string) => void
}

/** The reason for a look at personal data: the same question everywhere. */
export function ReasonField({ value, isMissing, usual = [], onChange }: Props) {
  const t = useTranslations('lookups')
  return (
    <>
      <FormField
        label={t('reason')}
        required
        hint={t('reasonHint', { shortest })}
        error={isMissing ? t('reasonMissing', { shortest }) : undefined}
      >
        {(field) => (
          <TextInput {...field} maxLength={longest} value={value} onChange={(event) => onChange(event.target.value)} />
        )}
      </FormField>
      <div className={styles.usual}>
        {usual.map((reason) => (
          <Button key={reason} size="small" variant="quiet" onClick={() => onChange(reason)}>
            {reason}
          </Button>
        ))}
      </div>
    </>
  )
}
