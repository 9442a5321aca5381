import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { UndeliveredList } from '#components/deliveries/UndeliveredList.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('deliveries.undelivered')
  return { title: t('title') }
}

export default async function UndeliveredPage() {
  await enter()
  const { deliveries } = await caller()
  const [first, overview] = await Promise.all([deliveries.undelivered({ cursor: null }), deliveries.overview()])
  return (
    <ClientMessages domains={[...shellDomains, 'deliveries']}>
      <UndeliveredList first={first} overview={overview} />
    </ClientMessages>
  )
}
