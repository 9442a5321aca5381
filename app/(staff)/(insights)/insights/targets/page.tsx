import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { TargetList } from '#components/insights/targets/TargetList.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('board.targets')
  return { title: t('title') }
}

export default async function Targets() {
  const { session, now } = await pageContext()
  // The layout above sends a stranger to the sign-in page.
  if (!session) return null
  if (!mayUse(session.actor, 'insights.targets')) notFound()
  const { insights } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'board', 'insights', 'agencies', 'events']}>
      <Page>
        <TargetList initial={await insights.targets()} today={now()} />
      </Page>
    </ClientMessages>
  )
}
