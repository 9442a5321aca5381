import { CloudLightning } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { Page } from '#components/ui/Page.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('storm')
  return { title: t('chooseLabel') }
}

/** The incident that is on, else the last one that was. */
export default async function LatestStorm() {
  const { session } = await pageContext()
  // The layout above sends a stranger to the sign-in page.
  if (!session) return null
  if (!mayUse(session.actor, 'insights.read')) notFound()
  const { incidents } = await caller()
  const [latest] = await incidents.choices()
  if (latest) redirect(`/insights/storm/${latest.id}`)
  const t = await getTranslations('storm.noIncidents')
  return (
    <Page>
      <EmptyState icon={CloudLightning} title={t('title')}>
        {t('sentence')}
      </EmptyState>
    </Page>
  )
}
