'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReasonField } from '#components/disclosures/ReasonField.tsx'
import { useStepUp } from '#components/shell/use-step-up.tsx'
import { addressFor } from '#components/trpc/drawn-for.ts'
import { useDrawnFor, useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { saveFile, takeFile } from '#components/ui/save-file.ts'
import { RadioButton } from '#components/ui/Ticks.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { isReason } from '#server/disclosures/rules/disclosure.ts'
import {
  type CaseColumn,
  type CaseFormat,
  caseColumns,
  caseExportForm,
  caseExportPath,
  isPersonal,
  mostInWorkbook,
  usualColumns,
} from '#server/reports/rules/case-export.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import styles from './ExportSheet.module.css'

/** `chosen`: only these reports of the list. */
type Props = { queue: Queue; chosen: readonly number[] | null; onClose: () => void }

const groups = {
  report: ['code', 'title', 'body', 'category', 'categoryCode', 'area', 'address', 'lon', 'lat', 'incident', 'tags'],
  handling: ['state', 'severity', 'channel', 'agency', 'assignee', 'rejectReason', 'rating'],
  times: ['receivedAt', 'occurredAt', 'dueAt', 'answeredAt', 'closedAt'],
  counts: ['merged', 'citizens', 'transfers', 'returns', 'reopens', 'photos'],
  personal: ['reporterName', 'reporterPhone', 'reporterEmail', 'reporterAddress'],
} as const satisfies Record<string, readonly CaseColumn[]>
const groupNames = Object.keys(groups) as (keyof typeof groups)[]

/** Exports the list on the screen: columns and file format. */
export function ExportSheet({ queue, chosen: ids, onClose }: Props) {
  const t = useTranslations('reports.export')
  const names = useTranslations('reports.export.columns')
  const trpc = useTRPC()
  const locale = useLocale()
  const format = useFormat()
  const toast = useToast()
  const refusalText = useRefusalText()
  const { data: myself } = useQuery({ ...trpc.me.view.queryOptions(), staleTime: Number.POSITIVE_INFINITY })
  const { data: size } = useQuery({
    ...trpc.reports.size.queryOptions(queue),
    staleTime: 30_000,
    enabled: ids === null,
  })
  const [chosen, setChosen] = useState<ReadonlySet<CaseColumn>>(new Set(usualColumns))
  const [wanted, setWanted] = useState<CaseFormat>('csv')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<'reason' | 'columns' | null>(null)
  const [isFetching, setFetching] = useState(false)
  const { stepUp, dialog } = useStepUp()
  const headers = useDrawnFor()

  const mayReveal = myself?.permissions.includes('reporters.reveal') === true
  const count = ids?.length ?? size?.count
  const isTooLong = count !== undefined && count > mostInWorkbook
  const kind = isTooLong ? 'csv' : wanted
  const columns = caseColumns.filter((column) => chosen.has(column))
  const takesPersonal = columns.some(isPersonal)
  const choose = (next: Iterable<CaseColumn>) => {
    setChosen(new Set(next))
    setProblem(null)
  }

  const take = async () => {
    if (columns.length === 0) return setProblem('columns')
    if (takesPersonal && !isReason(reason)) return setProblem('reason')
    await stepUp({ rows: count ?? 0, persons: takesPersonal ? (count ?? 0) : 0 }, () => void fetchFile())
  }

  const fetchFile = async () => {
    const asked = { columns, format: kind, reason: takesPersonal ? reason : '' }
    const form = caseExportForm(queue, asked, { locale, ids })
    const refuse = (refusal: unknown) => toast({ key: 'export', tone: 'failure', text: refusalText(refusal) })
    if (kind === 'csv' && ids === null) {
      toast({ key: 'export', text: t('started', { count: count ?? 0 }) })
      takeFile(addressFor(caseExportPath, headers), form, refuse)
      return onClose()
    }
    setFetching(true)
    try {
      const answer = await fetch(caseExportPath, { method: 'POST', headers, body: form })
      if (!answer.ok) return refuse(await answer.json())
      const [, name = 'reports.xlsx'] = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? []
      saveFile(await answer.blob(), name)
      onClose()
    } catch (error) {
      refuse(error)
    } finally {
      setFetching(false)
    }
  }

  return (
    <FormSheet
      title={t('title')}
      submitLabel={t('take')}
      busy={isFetching}
      isChanged={false}
      width={560}
      onSubmit={() => void take()}
      onClose={onClose}
    >
      <p className={styles.count} role="status">
        {count === undefined ? t('counting') : t(ids ? 'chosen' : 'count', { count })}
      </p>
      <fieldset className={styles.formats}>
        <legend>{t('format')}</legend>
        <label className={styles.format}>
          <RadioButton name="format" checked={kind === 'csv'} onChange={() => setWanted('csv')} />
          <span>
            {t('csv')}
            <span className={styles.note}>{t('csvNote')}</span>
          </span>
        </label>
        <label className={styles.format}>
          <RadioButton
            name="format"
            checked={kind === 'xlsx'}
            disabled={isTooLong}
            onChange={() => setWanted('xlsx')}
          />
          <span>
            {t('xlsx')}
            <span className={styles.note}>
              {t(isTooLong ? 'xlsxTooMany' : 'xlsxNote', { most: format.number(mostInWorkbook) })}
            </span>
          </span>
        </label>
      </fieldset>
      <div className={styles.head}>
        <h3 className={styles.label}>{t('columnsLabel')}</h3>
        <Button size="small" variant="quiet" onClick={() => choose(usualColumns)}>
          {t('usual')}
        </Button>
        <Button
          size="small"
          variant="quiet"
          onClick={() => choose(caseColumns.filter((column) => !isPersonal(column) || chosen.has(column)))}
        >
          {t('all')}
        </Button>
      </div>
      {problem === 'columns' && (
        <p role="alert" className={styles.problem}>
          {t('noColumns')}
        </p>
      )}
      {groupNames
        .filter((group) => group !== 'personal' || mayReveal)
        .map((group) => (
          <fieldset key={group} className={styles.group}>
            <legend>{t(`groups.${group}`)}</legend>
            <div className={styles.columns}>
              {groups[group].map((column) => (
                <CheckField
                  key={column}
                  label={names(column)}
                  checked={chosen.has(column)}
                  onChange={(on) => choose(on ? [...chosen, column] : [...chosen].filter((each) => each !== column))}
                />
              ))}
            </div>
            {group === 'personal' && <p className={styles.note}>{t('personalHint')}</p>}
          </fieldset>
        ))}
      {takesPersonal && (
        <ReasonField
          value={reason}
          isMissing={problem === 'reason'}
          onChange={(text) => {
            setReason(text)
            setProblem(null)
          }}
        />
      )}
      {dialog}
    </FormSheet>
  )
}
