import { TRPCError } from '@trpc/server'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { StormDesk } from '#components/bulletins/storm/StormDesk.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { listingOf, parseDesk } from '#server/bulletins/rules/desk-address.ts'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = {
  params: Promise<{ incident: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The incident of the address. An address that names none, or is malformed, is not found. */
const incidentOf = cache(async (id: string) => {
  try {
    return await (await caller()).incidents.byId(id)
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) notFound()
    throw error
  }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('bulletins.storm')
  return {
    title: t('title', { name: nameIn(await incidentOf((await params).incident), (await getLocale()) === 'en') }),
  }
}

export default async function Storm({ params, searchParams }: Props) {
  await enter()
  const incident = await incidentOf((await params).incident)
  const desk = { ...parseDesk(await searchParams), incidentId: incident.id }
  const procedures = await caller()
  const [page, counts, counters, { permissions }] = await Promise.all([
    procedures.bulletins.list(listingOf(desk)),
    procedures.bulletins.counts({ ...listingOf(desk), states: [], mine: false, needsLookBack: false }),
    procedures.bulletins.stormCounters(incident.id),
    procedures.me.view(),
  ])
  return (
    <ClientMessages domains={[...shellDomains, 'bulletins', 'areas', 'incidents']}>
      <StormDesk
        incident={incident}
        counters={counters}
        first={{ desk, page, counts }}
        mayWrite={permissions.includes('bulletins.write')}
        mayRelease={permissions.includes('bulletins.publish')}
      />
    </ClientMessages>
  )
}
