'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './ReportField.module.css'

type Props = {
  report: ReportView
  label: string
  hint?: string | undefined
  error?: string | undefined
  required: boolean
  value: number
  onChange: (reportId: number, code?: string) => void
  autoFocus: boolean
}

const codeShape = /^HN-\d{6}-\d{3,6}$/i

/** Another report: one of the likely duplicates, or any by its code. */
export function ReportField({ report, label, hint, error, required, value, onChange, autoFocus }: Props) {
  const t = useTranslations('report')
  const words = useTranslations('reports')
  const trpc = useTRPC()
  const nearby = useQuery(trpc.reports.nearby.queryOptions(report.id)).data ?? []
  const [typed, setTyped] = useState('')
  const code = typed.trim()
  const found = useQuery({ ...trpc.reports.brief.queryOptions(code), enabled: codeShape.test(code) })
  const foundId = found.data?.id
  const foundCode = found.data?.code

  const tell = useRef(onChange)
  useEffect(() => {
    tell.current = onChange
  })
  useEffect(() => {
    if (foundId && foundCode) tell.current(foundId, foundCode)
  }, [foundId, foundCode])

  const choose = (id: number, chosen: string) => {
    setTyped(chosen)
    onChange(id, chosen)
  }
  const missing = found.isSuccess && found.data === null ? t('dialogs.intoMissing') : undefined
  const note = found.data
    ? t('dialogs.intoFound', { title: found.data.title, state: words(`states.${found.data.state}`) })
    : hint
  return (
    <div className={styles.field}>
      <FormField label={label} hint={note} error={missing ?? error} required={required}>
        {(wiring) => (
          <TextInput
            {...wiring}
            autoFocus={autoFocus}
            value={typed}
            placeholder="HN-240907-0113"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setTyped(event.target.value)
              onChange(0)
            }}
          />
        )}
      </FormField>
      {nearby.length > 0 && (
        <ul className={styles.list} aria-label={t('sections.nearby')}>
          {nearby.map((each) => (
            <li key={each.id}>
              <button
                type="button"
                className={styles.choice}
                aria-pressed={value === each.id}
                onClick={() => choose(each.id, each.code)}
              >
                <span className={styles.title}>{each.title}</span>
                <span className={styles.note}>
                  {each.code} · {t('nearby.away', { metres: each.metres })} · {words(`states.${each.state}`)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
