import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { IntegrationTabs } from '#components/integrations/IntegrationTabs.tsx'
import { Webhooks } from '#components/integrations/webhooks/Webhooks.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'
import { allowedTabs } from '../allowed-tabs.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('webhooks')
  return { title: t('title') }
}

export default async function WebhooksPage() {
  await enter()
  const webhooks = await (await caller()).webhooks.list()
  return (
    <ClientMessages domains={[...shellDomains, 'integrations', 'webhooks']}>
      <Page>
        <IntegrationTabs shown="webhooks" tabs={await allowedTabs()} />
        <Webhooks initial={webhooks} />
      </Page>
    </ClientMessages>
  )
}
