'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useSettled } from '#components/ui/use-settled.ts'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
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
  /** Whether the likely duplicates are listed until something is typed. */
  offersLikely?: boolean
}

const codeShape = /^HN-\d{6}-\d{3,6}$/i
const fewestLetters = 3
const mostOffered = 6
const pause = 250

/** Another report: one of the likely duplicates, or any by its code or words. */
export function ReportField(props: Props) {
  const { report, label, hint, error, required, value, onChange, autoFocus, offersLikely = true } = props
  const t = useTranslations('report')
  const words = useTranslations('reports')
  const trpc = useTRPC()
  const list = useRef<HTMLUListElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const likely =
    useQuery({ ...trpc.reports.likelyDuplicates.queryOptions(report.id), enabled: offersLikely }).data?.found ?? []
  const [typed, setTyped] = useState('')
  const code = typed.trim()
  const isCode = codeShape.test(code)
  const found = useQuery({ ...trpc.reports.brief.queryOptions(code), enabled: isCode })
  const foundId = found.data?.id
  const foundCode = found.data?.code

  const searchText = useSettled(code, pause)
  const isSearch = !isCode && code.length >= fewestLetters
  const matches = useQuery({
    ...trpc.reports.queue.queryOptions({ queue: queueOf('all', { words: searchText }), cursor: null }),
    enabled: isSearch && searchText === code,
    placeholderData: (before) => before,
  })
  const offered: Offered[] = isSearch
    ? (matches.data?.rows ?? []).filter(({ id, state }) => id !== report.id && state !== 'merged').slice(0, mostOffered)
    : offersLikely
      ? likely
      : []

  const tell = useRef(onChange)
  useEffect(() => {
    tell.current = onChange
  })
  useEffect(() => {
    if (foundId && foundCode) tell.current(foundId, foundCode)
  }, [foundId, foundCode])

  const choose = (each: Offered) => {
    setTyped(each.code)
    onChange(each.id, each.code)
    // The list is replaced by the choice: the focus stays in the input, so that the next key comes from there.
    input.current?.focus()
  }
  const walk = (press: KeyboardEvent, from: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[press.key]
    if (step === undefined) return
    press.preventDefault()
    const buttons = list.current?.querySelectorAll('button') ?? []
    const next = buttons[from + step] ?? (from + step < 0 ? input.current : null)
    next?.focus()
  }
  const isNone =
    isSearch && searchText === code && matches.isSuccess && !matches.isPlaceholderData && offered.length === 0
  const missing = found.isSuccess && found.data === null && isCode ? t('dialogs.intoMissing') : undefined
  const note = found.data
    ? t('dialogs.intoFound', { title: found.data.title, state: words(`states.${found.data.state}`) })
    : isNone
      ? t('dialogs.intoNone')
      : hint
  return (
    <div className={styles.field}>
      <FormField label={label} hint={note} error={missing ?? error} required={required}>
        {(wiring) => (
          <TextInput
            {...wiring}
            ref={input}
            autoFocus={autoFocus}
            value={typed}
            placeholder="HN-240907-0113"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setTyped(event.target.value)
              onChange(0)
            }}
            onKeyDown={(press) => {
              const [first] = offered
              const isBare = press.key === 'Enter' && !press.ctrlKey && !press.metaKey && !press.altKey
              if (isBare && isSearch && first && !press.nativeEvent.isComposing) {
                press.preventDefault()
                choose(first)
              } else walk(press, -1)
            }}
          />
        )}
      </FormField>
      {offered.length > 0 && (
        <ul ref={list} className={styles.list} aria-label={t(isSearch ? 'dialogs.intoMatches' : 'duplicates.title')}>
          {offered.map((each, at) => (
            <li key={each.id}>
              <button
                type="button"
                className={styles.choice}
                aria-pressed={value === each.id}
                onClick={() => choose(each)}
                onKeyDown={(press) => walk(press, at)}
              >
                <span className={styles.title}>{each.title}</span>
                <span className={styles.note}>
                  <WholeCodes>
                    {[
                      each.code,
                      each.metres === undefined || each.metres === null
                        ? each.address
                        : t('duplicates.away', { metres: each.metres }),
                      words(`states.${each.state}`),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </WholeCodes>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

type Offered = { id: number; code: string; title: string; state: ReportState; metres?: number | null; address?: string }
