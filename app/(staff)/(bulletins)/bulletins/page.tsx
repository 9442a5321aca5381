import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BulletinsScreen } from '#components/bulletins/desk/BulletinsScreen.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { listingOf, parseDesk } from '#server/bulletins/rules/desk-address.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bulletins')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Bulletins({ searchParams }: Props) {
  await enter()
  const desk = parseDesk(await searchParams)
  const procedures = await caller()
  const [page, counts, { permissions }, storms] = await Promise.all([
    procedures.bulletins.list(listingOf(desk)),
    procedures.bulletins.counts({ ...listingOf(desk), states: [], mine: false, needsLookBack: false }),
    procedures.me.view(),
    procedures.incidents.activeStorms(),
  ])
  return (
    <ClientMessages domains={[...shellDomains, 'bulletins', 'areas', 'incidents']}>
      <BulletinsScreen
        first={{ desk, page, counts }}
        stormsAtFirst={storms}
        mayWrite={permissions.includes('bulletins.write')}
        mayRelease={permissions.includes('bulletins.publish')}
      />
    </ClientMessages>
  )
}
