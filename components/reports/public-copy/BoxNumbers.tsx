'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { type Box, boxSides, settled } from '#server/publication/rules/boxes.ts'
import styles from './PhotoEditor.module.css'

type Side = (typeof boxSides)[number]
type Props = { title: string; box: Box; onChange: (box: Box) => void }

/** Position and size of a box as numbers, for users who cannot draw. */
export function BoxNumbers({ title, box, onChange }: Props) {
  const t = useTranslations('report.publicCopy.photos.editor.sides')
  const format = useFormat()
  const percentOf = (share: number) => format.number(Math.round(share * 1000) / 10)
  /** Text that is being typed stays unchanged even while it is not a number. */
  const [typed, setTyped] = useState<{ side: Side; text: string } | null>(null)
  const type = (side: Side, text: string) => {
    setTyped({ side, text })
    const share = Number(text.replace(',', '.')) / 100
    if (text.trim() !== '' && share >= 0 && share <= 1) onChange(settled({ ...box, [side]: share }))
  }
  return (
    <fieldset className={styles.numbers} aria-label={title}>
      {boxSides.map((side) => (
        <FormField key={side} label={t(side)}>
          {(field) => (
            <TextInput
              {...field}
              inputMode="decimal"
              value={typed?.side === side ? typed.text : percentOf(box[side])}
              onChange={({ target }) => type(side, target.value)}
              onBlur={() => setTyped(null)}
            />
          )}
        </FormField>
      ))}
    </fieldset>
  )
}
