import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { IncidentDetail } from '#components/incidents/IncidentDetail.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { caller, enter } from '#server/trpc/caller.ts'
import { incidentOf } from './incident-of.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameIn(await incidentOf((await params).id), (await getLocale()) === 'en') }
}

export default async function IncidentPage({ params }: Props) {
  await enter()
  const incident = await incidentOf((await params).id)
  const procedures = await caller()
  const [[figures], { permissions }] = await Promise.all([
    procedures.figures.incidents(incident.id),
    procedures.me.view(),
  ])
  return (
    <ClientMessages
      domains={[...shellDomains, 'incidents', 'matching', 'areas', 'agencies', 'events', 'reports', 'report']}
    >
      <Page>
        <IncidentDetail
          incident={incident}
          figures={figures}
          rights={{
            edit: permissions.includes('incidents.edit'),
            read: permissions.includes('reports.read'),
            note: permissions.includes('incidents.note'),
            answer: permissions.includes('incidents.answer'),
            notify: permissions.includes('incidents.notify'),
            figures: permissions.includes('insights.read'),
          }}
        />
      </Page>
    </ClientMessages>
  )
}
