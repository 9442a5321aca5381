'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '#components/ui/Button.tsx'
import type { SubType } from '#server/incidents/rules/sub-types.ts'
import styles from './SubTypesField.module.css'

type Props<Choice extends SubType | 'other'> = {
  label: string
  hint: string
  choices: readonly Choice[]
  value: readonly Choice[]
  onChange: (chosen: Choice[]) => void
}

/** Several sub-types, each a toggle button. */
export function SubTypesField<Choice extends SubType | 'other'>(props: Props<Choice>) {
  const { label, hint, choices, value, onChange } = props
  const t = useTranslations('matching.subTypes')
  const id = useId()
  const turn = (choice: Choice) =>
    onChange(value.includes(choice) ? value.filter((each) => each !== choice) : [...value, choice])
  return (
    <fieldset className={styles.field} aria-describedby={id}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.choices}>
        {choices.map((choice) => (
          <Button key={choice} size="small" aria-pressed={value.includes(choice)} onClick={() => turn(choice)}>
            {t(choice as SubType)}
          </Button>
        ))}
      </div>
      <p id={id} className={styles.hint}>
        {hint}
      </p>
    </fieldset>
  )
}
