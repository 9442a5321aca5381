'use client'

import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Cell, GroupRow, Table } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Target } from '#server/insights/queries/targets.ts'
import { definitions } from '#server/insights/rules/definitions.ts'
import { type TargetKpi, targetKpis } from '#server/insights/rules/target.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { usePeriodWords } from '../use-period-words.ts'
import { TargetForm } from './TargetForm.tsx'
import { typedAmount } from './target-amount.ts'

/** Targets by agency; of each figure the latest first, so that past ones can still be read. */
export function TargetList({ initial, today }: { initial: Target[]; today: Date }) {
  const t = useTranslations('board.targets')
  const kpis = useTranslations('insights.kpis')
  const trpc = useTRPC()
  const format = useFormat()
  const { dateOf } = usePeriodWords()
  const { data: targets } = useQuery({ ...trpc.insights.targets.queryOptions(), initialData: initial })
  const [editing, setEditing] = useState<{ target: Target | null } | null>(null)
  // The city comes first, also while it has set none: the defaults are shown there.
  const byAgency = new Map([['', [] as Target[]], ...Map.groupBy(targets, ({ agency }) => agency?.id ?? '')])
  const day = localDayOf(today)
  const isSet = (kpi: TargetKpi) => byAgency.get('')?.some((each) => each.kpi === kpi && each.validFrom <= day)
  const byDefault = targetKpis.filter((kpi) => definitions[kpi].target !== null && !isSet(kpi))
  const amount = (value: number | null, kpi: TargetKpi) => {
    if (value === null) return t('none')
    const { unit } = definitions[kpi]
    return t(`amounts.${unit}`, { value: format.number(Number(typedAmount(value, unit).replace(',', '.'))) })
  }
  /** A later row of the same figure and agency is listed above it. */
  const standingOf = (target: Target, own: readonly Target[]) => {
    if (target.validFrom > day) return 'coming'
    const latest = own.find((each) => each.kpi === target.kpi && each.validFrom <= day)
    return latest === target ? 'valid' : 'past'
  }
  const columns = [
    { key: 'kpi', label: t('columns.kpi'), width: '34%' },
    { key: 'value', label: t('columns.value'), align: 'end' as const },
    { key: 'band', label: t('columns.band'), align: 'end' as const },
    { key: 'from', label: t('columns.from') },
    { key: 'standing', label: t('columns.standing') },
    { key: 'actions', label: t('columns.actions'), quiet: true },
  ]
  return (
    <>
      <PageHeader
        above={<BackLink href="/insights">{t('back')}</BackLink>}
        title={t('title')}
        sentence={t('sentence')}
        actions={
          <Button variant="primary" icon={<Plus />} onClick={() => setEditing({ target: null })}>
            {t('add')}
          </Button>
        }
      />
      <Table label={t('title')} columns={columns}>
        {[...byAgency].map(([id, own]) => [
          <GroupRow key={id} columns={columns.length}>
            {own[0]?.agency?.name ?? t('city')}
          </GroupRow>,
          ...own.map((target) => {
            const name = kpis(`${target.kpi}.name`)
            const standing = standingOf(target, own)
            return (
              <tr key={target.id}>
                <Cell heading>{name}</Cell>
                <Cell label={t('columns.value')} align="end">
                  {amount(target.value, target.kpi)}
                </Cell>
                <Cell label={t('columns.band')} align="end">
                  {target.band === null ? '' : `± ${amount(target.band, target.kpi)}`}
                </Cell>
                <Cell label={t('columns.from')}>{dateOf(target.validFrom)}</Cell>
                <Cell label={t('columns.standing')}>{t(`standings.${standing}`)}</Cell>
                <Cell actions>
                  {target.mayEdit && (
                    <IconButton size="small" label={t('edit', { name })} onClick={() => setEditing({ target })}>
                      <Pencil />
                    </IconButton>
                  )}
                </Cell>
              </tr>
            )
          }),
          ...(id === '' ? byDefault : []).map((kpi) => (
            <tr key={kpi}>
              <Cell heading>{kpis(`${kpi}.name`)}</Cell>
              <Cell label={t('columns.value')} align="end">
                {amount(definitions[kpi].target, kpi)}
              </Cell>
              <Cell label={t('columns.band')} align="end" />
              <Cell label={t('columns.from')} />
              <Cell label={t('columns.standing')}>{t('standings.default')}</Cell>
              <Cell actions />
            </tr>
          )),
        ])}
      </Table>
      {editing && <TargetForm target={editing.target} today={day} onClose={() => setEditing(null)} />}
    </>
  )
}
