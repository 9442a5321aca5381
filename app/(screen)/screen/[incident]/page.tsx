import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { StormWall } from '#components/insights/wall/StormWall.tsx'
import { Asleep } from '#components/ui/Asleep.tsx'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { enter } from '#server/trpc/caller.ts'
import { stormOf } from '../../../storm-of.ts'

type Props = { params: Promise<{ incident: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('storm.wall')
  const storm = await stormOf((await params).incident)
  return {
    title: storm ? t('title', { name: nameIn(storm.incident, (await getLocale()) === 'en') }) : t('chooseTitle'),
  }
}

/** One incident on the wall screen. */
export default async function Screen({ params }: Props) {
  await enter()
  const storm = await stormOf((await params).incident)
  if (!storm) notFound()
  return (
    <>
      <StormWall first={storm} />
      <Asleep />
    </>
  )
}
