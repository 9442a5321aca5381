import { TRPCError } from '@trpc/server'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { BulletinPage } from '#components/bulletins/bulletin/BulletinPage.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { alertEndings } from '#server/bulletins/rules/alert.ts'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ move?: string; ending?: string }> }

/** The bulletin of the address. An address that names none, or is malformed, is not found. */
const bulletinOf = cache(async (id: string) => {
  try {
    return await (await caller()).bulletins.byId(id)
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) notFound()
    throw error
  }
})

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const t = await getTranslations('bulletins')
  return { title: (await bulletinOf((await params).id)).title || t('untitled') }
}

export default async function Bulletin({ params, searchParams }: Props) {
  await enter()
  const bulletin = await bulletinOf((await params).id)
  const { move, ending } = await searchParams
  const me = await (await caller()).me.view()
  return (
    <ClientMessages domains={[...shellDomains, 'bulletins', 'areas', 'incidents', 'events', 'report']}>
      <Page>
        <BulletinPage
          initial={bulletin}
          accountId={me.id}
          mayWrite={me.permissions.includes('bulletins.write')}
          ending={move === 'withdraw' ? (alertEndings.find((each) => each === ending) ?? null) : null}
        />
      </Page>
    </ClientMessages>
  )
}
