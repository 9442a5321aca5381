import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { IssuedList } from '#components/insights/issued/IssuedList.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('weekly.issued')
  return { title: t('title') }
}

export default async function IssuedPage() {
  await enter()
  const { insights } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'weekly']}>
      <Page>
        <IssuedList first={await insights.issued({ cursor: null })} />
      </Page>
    </ClientMessages>
  )
}
