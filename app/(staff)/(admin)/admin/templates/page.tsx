import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TemplateList } from '#components/templates/TemplateList.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.templates')
  return { title: t('title') }
}

export default async function Templates() {
  await enter()
  const templates = await (await caller()).answerTemplates.list()
  return (
    <ClientMessages domains={[...shellDomains, 'admin', 'events', 'reports']}>
      <Page>
        <TemplateList initial={templates} />
      </Page>
    </ClientMessages>
  )
}
