import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MailingList } from '#components/insights/mailings/MailingList.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mailings')
  return { title: t('title') }
}

export default async function Mailings() {
  const { session } = await enter()
  const { insights } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'mailings', 'board', 'events']}>
      <Page>
        <MailingList initial={await insights.mailings()} own={session.accountId} />
      </Page>
    </ClientMessages>
  )
}
