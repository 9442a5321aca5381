import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { IncidentList } from '#components/incidents/IncidentList.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { incidentFilters } from '#server/incidents/rules/filters.ts'
import { parseFilters } from '#server/platform/rules/filters/filters.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('incidents')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Incidents({ searchParams }: Props) {
  await enter()
  const filter = parseFilters(incidentFilters, await searchParams)
  const procedures = await caller()
  const [incidents, figures, { permissions }] = await Promise.all([
    procedures.incidents.list(filter),
    procedures.figures.incidents(null),
    procedures.me.view(),
  ])
  return (
    <ClientMessages domains={[...shellDomains, 'incidents', 'matching', 'areas', 'agencies', 'events']}>
      <Page>
        <IncidentList
          first={{ filter, incidents }}
          figures={figures}
          mayEdit={permissions.includes('incidents.edit')}
          mayRead={permissions.includes('reports.read')}
        />
      </Page>
    </ClientMessages>
  )
}
