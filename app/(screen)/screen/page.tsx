import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ScreenChoice } from '#components/insights/wall/ScreenChoice.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('storm.wall')
  return { title: t('chooseTitle') }
}

/** Which incident the wall shall show. */
export default async function Screens() {
  const { session } = await pageContext()
  // The layout above sends a stranger to the sign-in page.
  if (!session) return null
  if (!mayUse(session.actor, 'insights.read')) notFound()
  const { incidents } = await caller()
  return <ScreenChoice incidents={await incidents.list()} />
}
