import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { MailingList } from '#components/insights/mailings/MailingList.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('mailings')
  return { title: t('title') }
}

export default async function Mailings() {
  const { session } = await pageContext()
  // The layout above sends a stranger to the sign-in page.
  if (!session) return null
  if (!mayUse(session.actor, 'insights.mail')) notFound()
  const { insights } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'mailings', 'board', 'events']}>
      <Page>
        <MailingList initial={await insights.mailings()} own={session.accountId} />
      </Page>
    </ClientMessages>
  )
}
