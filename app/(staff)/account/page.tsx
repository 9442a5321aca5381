import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AccountPage } from '#components/accounts/AccountPage.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts.own')
  return { title: t('title') }
}

export default async function OwnAccountPage() {
  await enter()
  const { me, secondFactor } = await caller()
  const [view, devices, substitutions, factor] = await Promise.all([
    me.view(),
    me.devices(),
    me.substitutions(),
    secondFactor.own(),
  ])
  return (
    <ClientMessages domains={[...shellDomains, 'accounts']}>
      <AccountPage me={view} devices={devices} substitutions={substitutions} factor={factor} />
    </ClientMessages>
  )
}
