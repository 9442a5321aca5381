import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TriageScreen } from '#components/reports/triage/TriageScreen.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { triageQueue } from '#server/reports/rules/triage.ts'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('triage')
  return { title: t('title') }
}

export default async function TriagePage({ searchParams }: Props) {
  await enter()
  const { reports, me } = await caller()
  const { at, ...parameters } = await searchParams
  const queue = triageQueue(parameters)
  const [myself, page] = await Promise.all([me.view(), reports.queue({ queue })])
  const first = page.rows.find(({ code }) => code === at) ?? page.rows[0]
  // A colleague may decide the report between the two queries: then the screen queries again.
  const report = first ? await reports.byCode(first.code).catch(() => null) : null
  return (
    <ClientMessages domains={[...shellDomains, 'reports', 'report', 'areas', 'matching', 'triage']}>
      <TriageScreen myself={myself} first={{ queue, page }} report={report} />
    </ClientMessages>
  )
}
