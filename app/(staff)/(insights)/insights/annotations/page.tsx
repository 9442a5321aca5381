import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AnnotationList } from '#components/insights/annotations/AnnotationList.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('board.annotations')
  return { title: t('title') }
}

export default async function Annotations() {
  const { session } = await enter()
  const { insights } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'board', 'agencies', 'events']}>
      <Page>
        <AnnotationList initial={await insights.annotations()} mayAdd={mayUse(session.actor, 'insights.annotate')} />
      </Page>
    </ClientMessages>
  )
}
