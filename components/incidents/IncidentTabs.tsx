'use client'

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Tab, TabStrip } from '#components/ui/TabStrip.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Incident } from '#server/incidents/queries.ts'
import styles from './IncidentTabs.module.css'

const tabs = ['reports', 'suggestions', 'answers', 'log', 'bulletins'] as const
type IncidentTab = (typeof tabs)[number]

/** Users who read no reports have no use for these. */
const ofReports: readonly IncidentTab[] = ['suggestions', 'answers']

/** The tab that the address names. */
export function useIncidentTab(mayRead: boolean): IncidentTab {
  const named = useSearchParams().get('tab')
  return tabs.find((tab) => tab === named && (mayRead || !ofReports.includes(tab))) ?? 'reports'
}

/** The tabs of an incident, each at its own address, with the number of pending decisions. */
export function IncidentTabs({
  incident,
  shown,
  mayRead,
}: {
  incident: Incident
  shown: IncidentTab
  mayRead: boolean
}) {
  const t = useTranslations('incidents')
  const format = useFormat()
  const trpc = useTRPC()
  const suggested = useQuery({ ...trpc.incidentDesk.suggestions.queryOptions(incident.id), enabled: mayRead })
  const total = suggested.data?.total ?? 0
  const base = `/incidents/${incident.id}`
  return (
    <TabStrip label={t('tabs.label')} shown={shown}>
      {tabs
        .filter((tab) => mayRead || !ofReports.includes(tab))
        .map((tab) => (
          <Tab key={tab} href={tab === 'reports' ? base : `${base}?tab=${tab}`} scroll={false} isShown={tab === shown}>
            {t(tab === 'reports' && !mayRead ? 'detail.properties' : `tabs.${tab}`)}
            {tab === 'suggestions' && total > 0 && <span className={styles.count}>{format.number(total)}</span>}
          </Tab>
        ))}
      <Tab href={`${base}/after-action`}>{t('detail.afterAction')}</Tab>
    </TabStrip>
  )
}
