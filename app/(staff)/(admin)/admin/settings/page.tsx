import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SettingsForm } from '#components/admin/SettingsForm.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.settings')
  return { title: t('title') }
}

export default async function SettingsPage() {
  await enter()
  const settings = await (await caller()).settings.read()
  return (
    <ClientMessages domains={[...shellDomains, 'accounts', 'admin', 'events']}>
      <Page width="reading">
        <SettingsForm initial={settings} />
      </Page>
    </ClientMessages>
  )
}
