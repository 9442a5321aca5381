import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AgencyTable } from '#components/agencies/AgencyTable.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'
import { Forbidden, mayEnter } from '../allowed.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('agencies.admin')
  return { title: t('title') }
}

export default async function Agencies() {
  if (!(await mayEnter('agencies'))) return <Forbidden />
  const [procedures, { now }] = await Promise.all([caller(), pageContext()])
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
