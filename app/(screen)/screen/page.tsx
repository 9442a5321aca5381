import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ScreenChoice } from '#components/insights/wall/ScreenChoice.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('storm.wall')
  return { title: t('chooseTitle') }
}

/** Choice of the incident that the wall screen shows. */
export default async function Screens() {
  await enter()
  const { incidents } = await caller()
  return <ScreenChoice incidents={await incidents.list()} />
}
