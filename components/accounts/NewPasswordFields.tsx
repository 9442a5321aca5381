'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FormField } from '#components/ui/FormField.tsx'
import { refusalReasonForPassword } from '#server/accounts/rules/password.ts'
import { passwordLimits } from '#server/platform/rules/limits.ts'
import { PasswordInput } from './PasswordInput.tsx'

export type NewPassword = { next: string; again: string }

type Props = { username: string; value: NewPassword; onChange: (value: NewPassword) => void; wasTried: boolean }

/** A new password typed twice. Errors show when a field is left, or after a submit. */
export function NewPasswordFields({ username, value, onChange, wasTried }: Props) {
  const t = useTranslations('accounts.setPassword')
  const refusal = useTranslations('refusals')
  const [left, setLeft] = useState({ next: false, again: false })
  const refusalReason = (left.next || wasTried) && value.next ? refusalReasonForPassword(value.next, username) : null
  const differs = (left.again || wasTried) && value.again !== value.next && (value.again !== '' || wasTried)
  return (
    <>
      <FormField
        label={t('next')}
        hint={t('hint', { shortest: passwordLimits.shortest })}
        error={refusalReason ? refusal(refusalReason) : undefined}
      >
        {(field) => (
          <PasswordInput
            {...field}
            autoComplete="new-password"
            value={value.next}
            onChange={(event) => onChange({ ...value, next: event.target.value })}
            onLeave={() => setLeft({ ...left, next: true })}
          />
        )}
      </FormField>
      <FormField label={t('again')} error={differs ? t('differs') : undefined}>
        {(field) => (
          <PasswordInput
            {...field}
            autoComplete="new-password"
            value={value.again}
            onChange={(event) => onChange({ ...value, again: event.target.value })}
            onLeave={() => setLeft({ ...left, again: true })}
          />
        )}
      </FormField>
    </>
  )
}

/** Whether it may be submitted. */
export function isComplete({ next, again }: NewPassword, username: string): boolean {
  return next === again && refusalReasonForPassword(next, username) === null
}
