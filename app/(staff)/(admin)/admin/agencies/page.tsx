import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AgencyTable } from '#components/agencies/AgencyTable.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('agencies.admin')
  return { title: t('title') }
}

export default async function Agencies() {
  const { now } = await enter()
  const procedures = await caller()
  const [agencies, calendars] = await Promise.all([procedures.organisation.agencies(), procedures.calendars.list()])
  return (
    <ClientMessages domains={[...shellDomains, 'agencies', 'events']}>
      <Page>
        <AgencyTable
          initial={agencies}
          calendars={calendars.map(({ id, name }) => ({ id, name }))}
          today={localDayOf(now())}
        />
      </Page>
    </ClientMessages>
  )
}
