import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MapScreen } from '#components/reports/map/page/MapScreen.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { firstViewFor, viewsFor } from '#server/reports/rules/queue.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('map')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The queue on a map, under the filters of its own address. */
export default async function MapPage({ searchParams }: Props) {
  const { session } = await enter()
  const { reports } = await caller()
  const firstView = firstViewFor(session.actor)
  const queue = parseQueue(await searchParams, firstView)
  const summary = await reports.mapSummary(queue)
  return (
    <ClientMessages domains={[...shellDomains, 'reports', 'report', 'areas', 'matching', 'map']}>
      <MapScreen views={viewsFor(session.actor)} firstView={firstView} first={{ queue, summary }} />
    </ClientMessages>
  )
}
