import { ShieldOff } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { MyDrafts } from '#components/reports/drafts/MyDrafts.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('drafts')
  return { title: t('title') }
}

export default async function DraftsPage() {
  const { session } = await pageContext()
  // The layout above sends a stranger to the sign-in page.
  if (!session) return null
  if (!mayUse(session.actor, 'reports.handle')) return <Forbidden />
  const { drafts, me } = await caller()
  const [first, { id }] = await Promise.all([drafts.mine(), me.view()])
  return (
    <ClientMessages domains={[...shellDomains, 'reports', 'drafts']}>
      <MyDrafts first={first} accountId={id} />
    </ClientMessages>
  )
}

async function Forbidden() {
  const t = await getTranslations('drafts.forbidden')
  return (
    <EmptyState icon={ShieldOff} title={t('title')} action={<Link href="/reports">{t('toQueue')}</Link>}>
      {t('sentence')}
    </EmptyState>
  )
}
