import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { IssuedReport } from '#components/insights/issued/IssuedReport.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('weekly.issued')
  return { title: t('title') }
}

/** A report as it was issued, and beside it what is known better now. */
export default async function IssuedReportPage({ params }: Props) {
  const { session } = await enter()
  const { insights } = await caller()
  return (
    <ClientMessages domains={[...shellDomains, 'weekly', 'board', 'insights', 'reports']}>
      <Page>
        <IssuedReport
          report={await insights.issuedById((await params).id)}
          mayOpen={mayUse(session.actor, 'reports.read')}
        />
      </Page>
    </ClientMessages>
  )
}
