import { CloudLightning } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { Page } from '#components/ui/Page.tsx'
import { caller, enter } from '#server/trpc/caller.ts'
import { stormOf } from '../../../../storm-of.ts'
import { ShowStorm } from './show-storm.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('storm')
  return { title: t('chooseLabel') }
}

/** The open incident, else the latest one: a stable address to bookmark before a storm comes. */
export default async function LatestStorm() {
  const { session } = await enter()
  const { incidents } = await caller()
  const choices = await incidents.choices()
  const storm = choices[0] && (await stormOf(choices[0].id))
  if (storm) return <ShowStorm storm={storm} choices={choices} actor={session.actor} />
  const t = await getTranslations('storm.noIncidents')
  return (
    <Page>
      <EmptyState icon={CloudLightning} title={t('title')}>
        {t('sentence')}
      </EmptyState>
    </Page>
  )
}
