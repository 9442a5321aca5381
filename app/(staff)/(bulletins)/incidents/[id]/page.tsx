import { TRPCError } from '@trpc/server'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { IncidentDetail } from '#components/incidents/IncidentDetail.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller } from '#server/trpc/caller.ts'

type Props = { params: Promise<{ id: string }> }

/** The incident of the address; an address that names none is not found, however it is written. */
const incidentOf = cache(async (id: string) => {
  try {
    return await (await caller()).incidents.byId(id)
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) notFound()
    throw error
  }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await incidentOf((await params).id)).name }
}

export default async function IncidentPage({ params }: Props) {
  const incident = await incidentOf((await params).id)
  const procedures = await caller()
  const [[figures], { permissions }] = await Promise.all([
    procedures.figures.incidents(incident.id),
    procedures.me.view(),
  ])
  return (
    <ClientMessages domains={[...shellDomains, 'incidents', 'areas', 'agencies', 'events', 'reports']}>
      <Page>
        <IncidentDetail
          incident={incident}
          figures={figures}
          mayEdit={permissions.includes('incidents.edit')}
          mayRead={permissions.includes('reports.read')}
        />
      </Page>
    </ClientMessages>
  )
}
