import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TodayScreen } from '#components/insights/today/TodayScreen.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { readerOf } from '#server/platform/rules/filters/address.ts'
import { slug } from '#server/platform/rules/filters/ids.ts'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('today')
  return { title: t('title') }
}

export default async function TodayPage({ searchParams }: Props) {
  await enter()
  const { insights } = await caller()
  const agency = slug.read(readerOf(await searchParams)('agency')[0] ?? '')
  return (
    <ClientMessages domains={[...shellDomains, 'today', 'board', 'insights', 'reports', 'events']}>
      <Page>
        <TodayScreen today={await insights.today({ agency })} />
      </Page>
    </ClientMessages>
  )
}
