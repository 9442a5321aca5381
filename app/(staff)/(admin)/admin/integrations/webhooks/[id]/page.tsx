import type { Metadata } from 'next'
import { IntegrationTabs } from '#components/integrations/IntegrationTabs.tsx'
import { WebhookPage } from '#components/integrations/webhooks/WebhookPage.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { enter } from '#server/trpc/caller.ts'
import { allowedTabs } from '../../allowed-tabs.ts'
import { webhookOf } from './webhook-of.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await webhookOf((await params).id)).name }
}

export default async function OneWebhook({ params }: Props) {
  await enter()
  const webhook = await webhookOf((await params).id)
  return (
    <ClientMessages domains={[...shellDomains, 'integrations', 'webhooks']}>
      <Page>
        <IntegrationTabs shown="webhooks" tabs={await allowedTabs()} />
        <WebhookPage initial={webhook} />
      </Page>
    </ClientMessages>
  )
}
