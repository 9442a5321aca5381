import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EventLog } from '#components/events/EventLog.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { eventFilters } from '#server/events/rules/filters.ts'
import { parseFilters } from '#server/platform/rules/filters/filters.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('events')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The messages of every domain whose codes may occur in the details of an event. */
const domains = [
  ...shellDomains,
  'events',
  'agencies',
  'reports',
  'incidents',
  'calendars',
  'weekly',
  'integrations',
  'webhooks',
  'mailings',
  'admin',
  'accounts',
  'sheets',
  'bulletins',
  'matching',
  'jobs',
  'bulk',
  'deliveries',
  'disclosures',
  'board',
  'insights',
  'today',
] as const

export default async function Events({ searchParams }: Props) {
  await enter()
  const procedures = await caller()
  const [names, seals, parameters] = await Promise.all([
    procedures.events.names(),
    procedures.events.seals(),
    searchParams,
  ])
  return (
    <ClientMessages domains={domains}>
      <Page>
        <EventLog filter={parseFilters(eventFilters, parameters)} names={names} seals={seals} />
      </Page>
    </ClientMessages>
  )
}
