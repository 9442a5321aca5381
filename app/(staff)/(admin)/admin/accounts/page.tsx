import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AccountsPage } from '#components/accounts/AccountsPage.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts.admin')
  return { title: t('title') }
}

export default async function Accounts() {
  await enter()
  return (
    <ClientMessages domains={[...shellDomains, 'accounts']}>
      <AccountsPage />
    </ClientMessages>
  )
}
