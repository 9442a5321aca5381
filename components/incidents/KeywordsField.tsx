'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FormField } from '#components/ui/FormField.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'

type Props = { value: readonly string[]; error: string | undefined; onChange: (keywords: string[]) => void }

/** One keyword a line. The text is not cleaned up while typing, as a line may be half typed. */
export function KeywordsField({ value, error, onChange }: Props) {
  const t = useTranslations('incidents.form')
  const [text, setText] = useState(value.join('\n'))
  const change = (typed: string) => {
    setText(typed)
    const lines = typed.split(/[\n,;]/).map((line) => line.trim())
    onChange([...new Set(lines.filter(Boolean))])
  }
  return (
    <FormField label={t('keywords')} hint={t('keywordsHint')} error={error}>
      {(field) => <TextArea {...field} rows={3} value={text} onChange={(event) => change(event.target.value)} />}
    </FormField>
  )
}
