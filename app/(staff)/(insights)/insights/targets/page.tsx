import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TargetList } from '#components/insights/targets/TargetList.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('board.targets')
  return { title: t('title') }
}

export default async function Targets() {
  const { now } = await enter()
  const { insights } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'board', 'insights', 'agencies', 'events']}>
      <Page>
        <TargetList initial={await insights.targets()} today={now()} />
      </Page>
    </ClientMessages>
  )
}
