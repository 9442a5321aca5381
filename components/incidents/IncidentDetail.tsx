'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, Pencil } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { type Property, PropertyList } from '#components/ui/PropertyList.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Incident } from '#server/incidents/queries.ts'
import type { IncidentFigures } from '#server/reports/queries/incident-figures.ts'
import { incidentCounts } from '#server/reports/rules/incident-queues.ts'
import { FigureLink } from './FigureLink.tsx'
import styles from './IncidentDetail.module.css'
import { IncidentForm } from './IncidentForm.tsx'
import { RecentReports } from './RecentReports.tsx'
import { StandingMark } from './StandingMark.tsx'
import { StormSwitch } from './StormSwitch.tsx'
import { useSpanWords } from './use-span-words.ts'

type Props = {
  incident: Incident
  figures: IncidentFigures | undefined
  mayEdit: boolean
  mayRead: boolean
}

/** One incident: how far its reports are, the newest of them, and what is known of it. */
export function IncidentDetail({ incident: initial, figures: counted, mayEdit, mayRead }: Props) {
  const t = useTranslations('incidents')
  const trpc = useTRPC()
  const { data: incident } = useQuery({ ...trpc.incidents.byId.queryOptions(initial.id), initialData: initial })
  const { data: figures } = useQuery({
    ...trpc.figures.incidents.queryOptions(initial.id),
    initialData: counted ? [counted] : [],
    select: ([own]) => own,
  })
  const [isEditing, setEditing] = useState(false)
  return (
    <>
      <Link href="/incidents" className={styles.back}>
        <ChevronLeft size={16} aria-hidden="true" />
        {t('detail.back')}
      </Link>
      <PageHeader
        title={incident.name}
        aside={
          <span className={styles.aside}>
            {t(`kinds.${incident.kind}`)}
            <StandingMark incident={incident} />
          </span>
        }
        actions={
          mayEdit && (
            <>
              <StormSwitch incident={incident} urgentOpen={figures?.urgentOpen ?? 0} />
              <Button icon={<Pencil />} onClick={() => setEditing(true)}>
                {t('edit')}
              </Button>
            </>
          )
        }
      />
      <Figures incident={incident} figures={figures} mayRead={mayRead} />
      <div className={styles.columns}>
        {mayRead && <RecentReports incidentId={incident.id} />}
        <Properties incident={incident} />
      </div>
      {isEditing && <IncidentForm incident={incident} onClose={() => setEditing(false)} />}
    </>
  )
}

type FiguresProps = { incident: Incident; figures: IncidentFigures | undefined; mayRead: boolean }

function Figures({ incident, figures, mayRead }: FiguresProps) {
  const t = useTranslations('incidents')
  const format = useFormat()
  const share = figures?.handledPercent
  return (
    <section aria-label={t('detail.figures')} className={styles.figures}>
      {incidentCounts.map((count) => (
        <div
          key={count}
          className={styles.figure}
          data-count={count}
          data-some={(figures?.[count] ?? 0) > 0 || undefined}
        >
          <span className={styles.label}>{t(`figures.${count}`)}</span>
          <span className={styles.value}>
            <FigureLink incidentId={incident.id} count={count} value={figures?.[count] ?? 0} linked={mayRead} />
            {count === 'handled' && share !== null && share !== undefined && (
              <span className={styles.share}>{format.percent(share / 100)}</span>
            )}
          </span>
        </div>
      ))}
    </section>
  )
}

function Properties({ incident }: { incident: Incident }) {
  const t = useTranslations('incidents.detail')
  const areas = useTranslations('areas')
  const spanOf = useSpanWords()
  const items: Property[] = [
    { key: 'span', label: t('span'), value: spanOf(incident, true) },
    {
      key: 'areas',
      label: t('areas'),
      value: incident.areas.length === 0 ? areas('whole') : incident.areas.map(({ name }) => name).join(', '),
    },
    ...(incident.leadAgency ? [{ key: 'lead', label: t('lead'), value: incident.leadAgency.name }] : []),
    ...(incident.note
      ? [{ key: 'note', label: t('note'), value: <span className={styles.note}>{incident.note}</span> }]
      : []),
  ]
  return (
    <section className={styles.panel} aria-labelledby="incident-properties">
      <h2 id="incident-properties" className={styles.heading}>
        {t('properties')}
      </h2>
      <PropertyList items={items} />
    </section>
  )
}
