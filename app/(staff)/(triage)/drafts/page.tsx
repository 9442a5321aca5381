import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MyDrafts } from '#components/reports/drafts/MyDrafts.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('drafts')
  return { title: t('title') }
}

export default async function DraftsPage() {
  await enter()
  const { drafts, me } = await caller()
  const [first, { id }] = await Promise.all([drafts.mine(), me.view()])
  return (
    <ClientMessages domains={[...shellDomains, 'reports', 'drafts']}>
      <MyDrafts first={first} accountId={id} />
    </ClientMessages>
  )
}
