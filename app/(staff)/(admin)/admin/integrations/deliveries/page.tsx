import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DeliveryLog } from '#components/deliveries/DeliveryLog.tsx'
import { IntegrationTabs } from '#components/integrations/IntegrationTabs.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { deliveryFilters } from '#server/deliveries/rules/filters.ts'
import { parseFilters } from '#server/platform/rules/filters/filters.ts'
import { enter } from '#server/trpc/caller.ts'
import { allowedTabs } from '../allowed-tabs.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('deliveries.log')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function DeliveriesPage({ searchParams }: Props) {
  await enter()
  return (
    <ClientMessages domains={[...shellDomains, 'integrations', 'deliveries']}>
      <Page>
        <IntegrationTabs shown="deliveries" tabs={await allowedTabs()} />
        <DeliveryLog filter={parseFilters(deliveryFilters, await searchParams)} />
      </Page>
    </ClientMessages>
  )
}
