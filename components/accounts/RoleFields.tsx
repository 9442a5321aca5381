'use client'

import { CircleAlert, Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { roles as allRoles } from '#server/accounts/rules/actor.ts'
import type { AccountValues } from './account-form.ts'
import styles from './RoleFields.module.css'

type Roles = AccountValues['roles']

type Props = {
  roles: Roles
  options: readonly PickerOption[] | undefined
  /** The agency of the account: default for a new role. */
  home: string
  error: string | undefined
  warning: string | undefined
  onChange: (roles: Roles) => void
}

/** The roles of an account, each with the agency it holds for. */
export function RoleFields({ roles, options, home, error, warning, onChange }: Props) {
  const t = useTranslations('accounts')
  const id = useId()
  const put = (index: number, changes: Partial<Roles[number]>) =>
    onChange(roles.map((held, place) => (place === index ? { ...held, ...changes } : held)))
  return (
    <fieldset className={styles.fields} aria-describedby={`${id}-hint`}>
      <legend>{t('admin.form.roles')}</legend>
      <p id={`${id}-hint`} className={styles.hint}>
        {t('admin.form.rolesHint')}
      </p>
      {roles.map((held, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no id; its fields are controlled by the index
        <div key={index} className={styles.row}>
          <SelectInput
            aria-label={t('admin.form.role')}
            value={held.role}
            onChange={(event) =>
              put(index, { role: allRoles.find((role) => role === event.target.value) ?? held.role })
            }
          >
            {allRoles.map((role) => (
              <option key={role} value={role}>
                {t(`roles.${role}`)}
              </option>
            ))}
          </SelectInput>
          <OptionPicker
            field={{
              id: `${id}-${index}`,
              required: true,
              'aria-invalid': undefined,
              'aria-describedby': `${id}-hint`,
            }}
            options={options}
            value={held.agencyId || null}
            placeholder={t('admin.form.chooseAgency')}
            onChange={(agencyId) => put(index, { agencyId: agencyId ?? '' })}
          />
          <IconButton
            label={t('admin.form.removeRole', { role: t(`roles.${held.role}`) })}
            onClick={() => onChange(roles.filter((_, place) => place !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      {error && (
        <p className={styles.error} role="alert">
          <CircleAlert size={14} aria-hidden="true" />
          {error}
        </p>
      )}
      {warning && <p className={styles.warning}>{warning}</p>}
      <Button size="small" icon={<Plus />} onClick={() => onChange([...roles, { role: 'officer', agencyId: home }])}>
        {t('admin.form.addRole')}
      </Button>
    </fieldset>
  )
}
