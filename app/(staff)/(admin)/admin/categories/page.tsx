import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { CategoryTable } from '#components/categories/CategoryTable.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('categories')
  return { title: t('title') }
}

export default async function Categories() {
  await enter()
  const tree = await (await caller()).categories.tree()
  return (
    <ClientMessages domains={[...shellDomains, 'categories', 'calendars', 'reports', 'agencies', 'events']}>
      <Page>
        <CategoryTable initial={tree} />
      </Page>
    </ClientMessages>
  )
}
