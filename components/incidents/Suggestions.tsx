'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, SearchCheck, X } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { KeyWords } from '#components/ui/KeyWords.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Incident } from '#server/incidents/queries.ts'
import type { Decided } from '#server/reports/commands/decide-suggestions.ts'
import type { SuggestedReport } from '#server/reports/queries/incident-suggestions.ts'
import { ChoiceBar } from './ChoiceBar.tsx'
import styles from './Rows.module.css'
import { useDecided } from './use-decided.ts'
import { useRefreshIncident } from './use-refresh-incident.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useWhyWords } from './use-why-words.ts'

/** Reports that may belong to the incident, each with match reasons; decided in bulk by keys. */
export function Suggestions({ incident, mayDecide }: { incident: Incident; mayDecide: boolean }) {
  const t = useTranslations('incidents.suggestions')
  const columnWords = useTranslations('incidents.detail.columns')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const refresh = useRefreshIncident()
  const tell = useDecided()
  const toast = useToast()
  const textOf = useRefusalText()
  const options = trpc.incidentDesk.suggestions.queryOptions(incident.id)
  const list = useQuery({ ...options, refetchInterval: 30_000 })
  useLiveRefresh('report', () => list.refetch(), { everyMilliseconds: 10_000 })
  const rows = (list.data?.rows ?? []).map((row) => ({ ...row, id: row.reportId }))
  const keys = useRowKeys(rows)

  /** Decided suggestions leave the list at once; the server may return them. */
  const leave = (ids: readonly number[]) =>
    queries.setQueryData(
      options.queryKey,
      (known) =>
        known && {
          total: Math.max(0, known.total - ids.length),
          rows: known.rows.filter(({ reportId }) => !ids.includes(reportId)),
        },
    )
  const settled = { onSettled: () => void refresh() }
  const confirm = useMutation(trpc.incidentDesk.confirm.mutationOptions(settled))
  const dismiss = useMutation(trpc.incidentDesk.dismiss.mutationOptions(settled))
  const revive = useMutation(trpc.incidentDesk.revive.mutationOptions(settled))
  const undo = useMutation(trpc.undo.field.mutationOptions())
  const versionsOf = (done: readonly Decided[]) =>
    done.flatMap(({ reportId, moved }) => (moved ? [{ reportId, version: moved.version }] : []))

  const takeBack = async (done: Decided[]) => {
    const say = (error: unknown) => toast({ text: textOf(error), tone: 'failure' })
    for (const report of versionsOf(done)) await undo.mutateAsync(report).catch(say)
    void refresh()
  }
  const decide = (what: 'confirm' | 'dismiss') => {
    const ids = keys.meant
    if (!mayDecide || ids.length === 0) return false
    const reports = rows.filter(({ id }) => ids.includes(id)).map(({ id, version }) => ({ reportId: id, version }))
    keys.clear()
    leave(ids)
    const input = { incidentId: incident.id, reports }
    if (what === 'confirm') {
      confirm.mutate(input, {
        onSuccess: (decided) =>
          tell(
            decided,
            (count) => t('confirmed', { count }),
            (done) => void takeBack(done),
          ),
      })
    } else {
      dismiss.mutate(input, {
        onSuccess: (decided) =>
          tell(
            decided,
            (count) => t('dismissed', { count }),
            (done) => revive.mutate({ incidentId: incident.id, reports: versionsOf(done) }),
          ),
      })
    }
  }
  useCommands('incident', {
    'incident.confirm': () => decide('confirm'),
    'incident.dismiss': () => decide('dismiss'),
  })

  if (list.isPending) return <SkeletonRows rows={6} rowHeight={57} columns={[30, '3fr', '2fr', '1fr', 90]} />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => list.refetch()} />
  if (rows.length === 0) return <NoSuggestions incident={incident} />
  const columns = [
    { key: 'choose', label: t('all'), quiet: true, width: 44 },
    { key: 'report', label: columnWords('report') },
    { key: 'why', label: t('why'), width: '28%' },
    { key: 'state', label: columnWords('state') },
    { key: 'received', label: columnWords('received'), width: 96 },
  ]
  return (
    <section aria-labelledby="suggested">
      <h2 id="suggested" className={styles.heading}>
        {t('title')}
      </h2>
      <p className={styles.sentence}>
        {t('sentence')} <KeyWords>{t('keys')}</KeyWords>
      </p>
      {mayDecide && (
        <ChoiceBar count={keys.selected.length} onClear={keys.clear}>
          <Button size="small" variant="quiet" onClick={keys.chooseAll}>
            {t('all')}
          </Button>
          <Button
            size="small"
            variant="primary"
            icon={<Check />}
            command="incident.confirm"
            busy={confirm.isPending}
            onClick={() => decide('confirm')}
          >
            {t('confirm')}
          </Button>
          <Button
            size="small"
            icon={<X />}
            command="incident.dismiss"
            busy={dismiss.isPending}
            onClick={() => decide('dismiss')}
          >
            {t('dismiss')}
          </Button>
        </ChoiceBar>
      )}
      <Table label={t('title')} columns={mayDecide ? columns : columns.slice(1)}>
        {rows.map((row) => (
          <SuggestionRow key={row.id} row={row} keys={keys} mayDecide={mayDecide} />
        ))}
      </Table>
      {list.data && list.data.total > rows.length && (
        <p className={styles.sentence}>{t('more', { shown: rows.length, total: list.data.total })}</p>
      )}
    </section>
  )
}

type RowProps = { row: SuggestedReport & { id: number }; keys: ReturnType<typeof useRowKeys>; mayDecide: boolean }

function SuggestionRow({ row, keys, mayDecide }: RowProps) {
  const t = useTranslations('incidents')
  const states = useTranslations('reports.states')
  const severities = useTranslations('reports.severities')
  const nameIn = useNameIn()
  const why = useWhyWords()
  return (
    <tr data-row={row.id} className={styles.row} data-focused={keys.focusedId === row.id || undefined}>
      {mayDecide && (
        <Cell actions>
          <input
            type="checkbox"
            className={styles.box}
            aria-label={t('choice.choose', { code: row.code })}
            checked={keys.isSelected(row.id)}
            onChange={() => keys.toggle(row.id)}
          />
        </Cell>
      )}
      <Cell heading>
        <Link href={`/reports/${row.code}`} className={styles.title} lang="vi">
          {row.title}
        </Link>
        <span className={styles.second}>{[row.code, nameIn(row.category), row.area].filter(Boolean).join(' · ')}</span>
      </Cell>
      <Cell label={t('suggestions.why')}>{why(row)}</Cell>
      <Cell>
        <StatusChip status={row.state} variant="plain">
          {states(row.state)}
        </StatusChip>
        {row.severity === 'urgent' && <span className={styles.urgent}>{severities('urgent')}</span>}
      </Cell>
      <Cell>
        <TimeText at={row.receivedAt} as="compact" />
      </Cell>
    </tr>
  )
}

function NoSuggestions({ incident }: { incident: Incident }) {
  const t = useTranslations('incidents.suggestions')
  if (incident.closedAt) {
    return (
      <EmptyState icon={SearchCheck} title={t('empty')}>
        {t('closedSentence')}
      </EmptyState>
    )
  }
  const looksOut = incident.subTypes.length + incident.keywords.length > 0
  return (
    <EmptyState icon={SearchCheck} title={looksOut ? t('empty') : t('noMatcher')}>
      {looksOut ? t('emptySentence') : t('noMatcherSentence')}
    </EmptyState>
  )
}
