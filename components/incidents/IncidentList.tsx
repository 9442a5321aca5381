'use client'

import { useQuery } from '@tanstack/react-query'
import { CloudLightning, Plus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Incident } from '#server/incidents/queries.ts'
import { type IncidentFilter, incidentFilters, noIncidentFilter } from '#server/incidents/rules/filters.ts'
import { isAnySet, writeFilters } from '#server/platform/rules/filters/filters.ts'
import type { IncidentFigures } from '#server/reports/queries/incident-figures.ts'
import { FigureLink } from './FigureLink.tsx'
import { IncidentFilters } from './IncidentFilters.tsx'
import { IncidentForm } from './IncidentForm.tsx'
import styles from './IncidentList.module.css'
import { IncidentStateChip } from './IncidentStateChip.tsx'
import { useIncidentFilter } from './use-incident-filter.ts'
import { useSpanWords } from './use-span-words.ts'

type Props = {
  /** The list loaded by the server, with its filter. */
  first: { filter: IncidentFilter; incidents: Incident[] }
  figures: IncidentFigures[]
  /** Whether the account may edit incidents. */
  mayEdit: boolean
  /** Whether it may read reports: without that right every count would be zero. */
  mayRead: boolean
}

const addressOf = (filter: IncidentFilter): string => writeFilters(incidentFilters, filter).toString()

/** Incidents, the newest first, each with the progress of its reports. */
export function IncidentList({ first, figures: counted, mayEdit, mayRead }: Props) {
  const t = useTranslations('incidents')
  const words = useTranslations('common.filter')
  const trpc = useTRPC()
  const [filter, change] = useIncidentFilter()
  const isNarrowed = isAnySet(incidentFilters, filter)
  const list = useQuery({
    ...trpc.incidents.list.queryOptions(filter),
    ...(addressOf(filter) === addressOf(first.filter) && { initialData: first.incidents }),
    placeholderData: (before) => before,
  })
  const incidents = list.data ?? []
  const { data: figures } = useQuery({ ...trpc.figures.incidents.queryOptions(null), initialData: counted })
  const [isAdding, setAdding] = useState(false)
  const columns = [
    { key: 'name', label: t('columns.name'), width: '30%' },
    { key: 'span', label: t('columns.span') },
    { key: 'areas', label: t('columns.areas') },
    ...(mayRead
      ? (['open', 'total', 'handled'] as const).map((key) => ({
          key,
          label: t(`columns.${key}`),
          align: 'end' as const,
        }))
      : []),
    { key: 'lead', label: t('columns.lead') },
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={t('count', { count: incidents.length })}
        sentence={t('sentence')}
        actions={
          mayEdit && (
            <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          )
        }
      />
      {(incidents.length > 0 || isNarrowed) && <IncidentFilters filter={filter} onChange={change} />}
      {list.isLoadingError ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : incidents.length === 0 && (isNarrowed || list.isPlaceholderData) ? (
        <EmptyState
          icon={CloudLightning}
          title={t('filters.none')}
          action={<Button onClick={() => change(noIncidentFilter)}>{words('clear')}</Button>}
        >
          {t('filters.noneSentence')}
        </EmptyState>
      ) : incidents.length === 0 ? (
        <EmptyState icon={CloudLightning} title={t('empty')}>
          {mayEdit ? t('emptySentence') : t('emptyReader')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {incidents.map((incident) => (
            <IncidentRow
              key={incident.id}
              incident={incident}
              figures={figures.find(({ incidentId }) => incidentId === incident.id)}
              mayRead={mayRead}
            />
          ))}
        </Table>
      )}
      {isAdding && <IncidentForm incident={null} onClose={() => setAdding(false)} />}
    </>
  )
}

type RowProps = { incident: Incident; figures: IncidentFigures | undefined; mayRead: boolean }

function IncidentRow({ incident, figures, mayRead }: RowProps) {
  const nameIn = useNameIn()
  const t = useTranslations('incidents')
  const areas = useTranslations('areas')
  const format = useFormat()
  const spanOf = useSpanWords()
  const share = figures?.handledPercent
  return (
    <tr>
      <Cell heading>
        <Link href={`/incidents/${incident.id}`} className={styles.name}>
          {nameIn(incident)}
        </Link>
        <span className={styles.second}>
          {t(`kinds.${incident.kind}`)}
          <IncidentStateChip incident={incident} />
        </span>
      </Cell>
      <Cell label={t('columns.span')}>{spanOf(incident)}</Cell>
      <Cell label={t('columns.areas')}>
        {incident.areas.length === 0
          ? areas('whole')
          : incident.areas.length <= 2
            ? incident.areas.map(({ name }) => name).join(', ')
            : areas('count', { count: incident.areas.length })}
      </Cell>
      {mayRead && (
        <>
          <Cell label={t('columns.open')} align="end">
            <FigureLink incidentId={incident.id} count="open" value={figures?.open ?? 0} />
          </Cell>
          <Cell label={t('columns.total')} align="end">
            <FigureLink incidentId={incident.id} count="total" value={figures?.total ?? 0} />
          </Cell>
          <Cell label={t('columns.handled')} align="end">
            {share === null || share === undefined ? (
              <span className={styles.quiet}>–</span>
            ) : (
              <span className={styles.share}>
                <meter min={0} max={100} value={share} className={styles.meter} aria-hidden="true" />
                {format.percent(share / 100)}
              </span>
            )}
          </Cell>
        </>
      )}
      <Cell label={t('columns.lead')}>{incident.leadAgency?.name}</Cell>
    </tr>
  )
}
