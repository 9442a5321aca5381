import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { FailedJobs } from '#components/jobs/FailedJobs.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller, enter } from '#server/trpc/caller.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('jobs')
  return { title: t('title') }
}

export default async function JobsPage() {
  await enter()
  const failed = await (await caller()).jobs.failed()
  return (
    <ClientMessages domains={[...shellDomains, 'jobs']}>
      <Page>
        <FailedJobs initial={failed} />
      </Page>
    </ClientMessages>
  )
}
