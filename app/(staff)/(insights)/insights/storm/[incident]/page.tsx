import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { caller, enter } from '#server/trpc/caller.ts'
import { stormOf } from '../../../../../storm-of.ts'
import { ShowStorm } from '../show-storm.tsx'

type Props = { params: Promise<{ incident: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('storm')
  const storm = await stormOf((await params).incident)
  return { title: storm ? t('title', { name: nameIn(storm.incident, (await getLocale()) === 'en') }) : t('back') }
}

/** The storm page of one incident, open or closed. */
export default async function StormPage({ params }: Props) {
  const [{ session }, { incident }] = await Promise.all([enter(), params])
  const storm = await stormOf(incident)
  if (!storm) notFound()
  const { incidents } = await caller()
  return <ShowStorm storm={storm} choices={await incidents.choices()} actor={session.actor} />
}
