import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NotificationsPage } from '#components/notifications/NotificationsPage.tsx'
import { Page } from '#components/ui/Page.tsx'
import { enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notifications')
  return { title: t('title') }
}

export default async function NotificationsRoute() {
  await enter()
  return (
    <Page width="reading">
      <NotificationsPage />
    </Page>
  )
}
