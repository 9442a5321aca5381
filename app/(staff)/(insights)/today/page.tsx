import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TodayScreen } from '#components/insights/today/TodayScreen.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('today')
  return { title: t('title') }
}

export default async function TodayPage() {
  await enter()
  const { insights } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'today', 'board', 'insights', 'reports']}>
      <Page>
        <TodayScreen today={await insights.today()} />
      </Page>
    </ClientMessages>
  )
}
