import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AwaitingCopies } from '#components/reports/public-copy/AwaitingCopies.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('publicCopies')
  return { title: t('title') }
}

export default async function PublicCopiesPage() {
  await enter()
  const { publication } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'publicCopies']}>
      <AwaitingCopies first={await publication.awaiting({ cursor: null })} />
    </ClientMessages>
  )
}
