import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ApiClients } from '#components/integrations/ApiClients.tsx'
import { IntegrationTabs } from '#components/integrations/IntegrationTabs.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'
import { allowedTabs } from './allowed-tabs.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('integrations')
  return { title: t('title') }
}

export default async function Integrations() {
  await enter()
  const clients = await (await caller()).apiClients.list()
  return (
    <ClientMessages domains={[...shellDomains, 'integrations', 'events', 'reports']}>
      <Page>
        <IntegrationTabs shown="clients" tabs={await allowedTabs()} />
        <ApiClients initial={clients} />
      </Page>
    </ClientMessages>
  )
}
