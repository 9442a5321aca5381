import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Gateways } from '#components/deliveries/Gateways.tsx'
import { IntegrationTabs } from '#components/integrations/IntegrationTabs.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'
import { allowedTabs } from '../allowed-tabs.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('deliveries.gateways')
  return { title: t('title') }
}

export default async function GatewaysPage() {
  await enter()
  const gateways = await (await caller()).gateways.list()
  return (
    <ClientMessages domains={[...shellDomains, 'integrations', 'deliveries']}>
      <Page>
        <IntegrationTabs shown="gateways" tabs={await allowedTabs()} />
        <Gateways initial={gateways} />
      </Page>
    </ClientMessages>
  )
}
