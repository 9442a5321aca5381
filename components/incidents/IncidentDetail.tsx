'use client'

import { useQuery } from '@tanstack/react-query'
import { ChartNoAxesCombined, Pencil } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Incident } from '#server/incidents/queries.ts'
import type { IncidentFigures } from '#server/reports/queries/incident-figures.ts'
import { Answers } from './Answers.tsx'
import { CloseIncident } from './CloseIncident.tsx'
import { Figures } from './Figures.tsx'
import { IncidentBulletins } from './IncidentBulletins.tsx'
import styles from './IncidentDetail.module.css'
import { IncidentForm } from './IncidentForm.tsx'
import { IncidentLog } from './IncidentLog.tsx'
import { IncidentMap } from './IncidentMap.tsx'
import { IncidentProperties } from './IncidentProperties.tsx'
import { IncidentReports } from './IncidentReports.tsx'
import { IncidentStateChip } from './IncidentStateChip.tsx'
import { IncidentTabs, useIncidentTab } from './IncidentTabs.tsx'
import { StormSwitch } from './StormSwitch.tsx'
import { Suggestions } from './Suggestions.tsx'

/** What the user may do with incidents and their reports. */
export type IncidentRights = Readonly<Record<'edit' | 'read' | 'note' | 'answer' | 'notify' | 'figures', boolean>>

type Props = { incident: Incident; figures: IncidentFigures | undefined; rights: IncidentRights }

/** The page of one incident: the progress of its reports, suggestions, answers, log and bulletins. */
export function IncidentDetail({ incident: initial, figures: counted, rights }: Props) {
  const nameIn = useNameIn()
  const t = useTranslations('incidents')
  const trpc = useTRPC()
  const { data: incident, refetch } = useQuery({
    ...trpc.incidents.byId.queryOptions(initial.id),
    initialData: initial,
  })
  const { data: figures, refetch: countAnew } = useQuery({
    ...trpc.figures.incidents.queryOptions(initial.id),
    initialData: counted ? [counted] : [],
    select: ([own]) => own,
  })
  const [isEditing, setEditing] = useState(false)
  // A form in edit keeps the version it began from, so that a colleague's change is not overwritten.
  useLiveRefresh('incident', () => isEditing || refetch(), {
    isRelevant: (ids) => ids === 'all' || ids.includes(initial.id),
    everyMilliseconds: 3000,
  })
  useLiveRefresh('report', () => rights.read && countAnew(), { everyMilliseconds: 10_000 })
  const tab = useIncidentTab(rights.read)
  const isOpen = incident.closedAt === null
  return (
    <>
      <PageHeader
        above={<BackLink href="/incidents">{t('detail.back')}</BackLink>}
        title={nameIn(incident)}
        aside={
          <span className={styles.aside}>
            {t(`kinds.${incident.kind}`)}
            <IncidentStateChip incident={incident} />
          </span>
        }
        actions={
          <>
            {rights.figures && (
              <Link href={`/insights/storm/${incident.id}`} className={styles.course}>
                <ChartNoAxesCombined size={16} aria-hidden="true" />
                {t('detail.course')}
              </Link>
            )}
            {rights.edit && (
              <>
                {isOpen && <StormSwitch incident={incident} urgentOpen={figures?.urgentOpen ?? 0} />}
                {isOpen && (
                  <Button icon={<Pencil />} onClick={() => setEditing(true)}>
                    {t('edit')}
                  </Button>
                )}
                <CloseIncident incident={incident} open={figures?.open ?? 0} mayRead={rights.read} />
              </>
            )}
          </>
        }
      />
      {rights.read && <Figures incidentId={incident.id} figures={figures} />}
      <IncidentTabs incident={incident} shown={tab} mayRead={rights.read} />
      <div className={styles.content}>
        {tab === 'reports' && (
          <div className={styles.columns}>
            {rights.read && <IncidentReports incidentId={incident.id} mayMerge={rights.edit} />}
            <div className={styles.side}>
              {rights.read && <IncidentMap incidentId={incident.id} />}
              <IncidentProperties incident={incident} />
            </div>
          </div>
        )}
        {tab === 'suggestions' && <Suggestions incident={incident} mayDecide={rights.edit} />}
        {tab === 'answers' && <Answers incident={incident} rights={rights} />}
        {tab === 'log' && <IncidentLog incidentId={incident.id} mayNote={rights.note} />}
        {tab === 'bulletins' && <IncidentBulletins incidentId={incident.id} />}
      </div>
      {isEditing && <IncidentForm incident={incident} onClose={() => setEditing(false)} />}
    </>
  )
}
