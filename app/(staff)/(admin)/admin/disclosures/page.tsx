import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Disclosures } from '#components/disclosures/Disclosures.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { lookFilters } from '#server/disclosures/rules/filters.ts'
import { parseFilters } from '#server/platform/rules/filters/filters.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disclosures')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function DisclosuresPage({ searchParams }: Props) {
  await enter()
  const [lookers, parameters] = await Promise.all([(await caller()).disclosures.lookers(), searchParams])
  return (
    <ClientMessages domains={[...shellDomains, 'disclosures']}>
      <Page>
        <Disclosures filter={parseFilters(lookFilters, parameters)} lookers={lookers} />
      </Page>
    </ClientMessages>
  )
}
