import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { LetterPage } from '#components/deliveries/LetterPage.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { uuid } from '#server/platform/rules/filters/ids.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('deliveries.letter')
  return { title: t('title') }
}

type Props = { params: Promise<{ id: string }> }

export default async function Letter({ params }: Props) {
  await enter()
  const { id } = await params
  if (uuid.read(id) === null) notFound()
  const letter = await (await caller()).deliveries.letter({ id }).catch(() => notFound())
  return (
    <ClientMessages domains={[...shellDomains, 'deliveries', 'report']}>
      <LetterPage letter={letter} />
    </ClientMessages>
  )
}
