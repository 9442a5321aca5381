import { TRPCError } from '@trpc/server'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { LoudspeakerSheet } from '#components/bulletins/loudspeaker/LoudspeakerSheet.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bulletins.loudspeaker')
  return { title: t('title') }
}

async function announcementOf(id: string) {
  try {
    return await (await caller()).bulletins.announcement(id)
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) notFound()
    throw error
  }
}

export default async function LoudspeakerPage({ params }: Props) {
  await enter()
  const announcement = await announcementOf((await params).id)
  return (
    <ClientMessages domains={[...shellDomains, 'bulletins']}>
      <Page width="reading">
        <LoudspeakerSheet announcement={announcement} />
      </Page>
    </ClientMessages>
  )
}
