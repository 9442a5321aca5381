import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CalendarsPage } from '#components/calendars/CalendarsPage.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('calendars')
  return { title: t('title') }
}

export default async function Calendars() {
  const { now } = await enter()
  const procedures = await caller()
  const calendars = await procedures.calendars.list()
  return (
    <ClientMessages domains={[...shellDomains, 'calendars', 'events']}>
      <Page>
        <CalendarsPage initial={calendars} thisYear={Number(localDayOf(now()).slice(0, 4))} />
      </Page>
    </ClientMessages>
  )
}
