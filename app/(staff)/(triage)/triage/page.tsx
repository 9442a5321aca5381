import { ShieldOff } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { TriageScreen } from '#components/reports/triage/TriageScreen.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mutable } from '#server/reports/rules/mutable-queue.ts'
import { mayTriage, triageQueue } from '#server/reports/rules/triage.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('triage')
  return { title: t('title') }
}

export default async function TriagePage({ searchParams }: Props) {
  const { session } = await pageContext()
  // The layout above sends a stranger to the sign-in page.
  if (!session) return null
  if (!mayTriage(session.actor)) return <Forbidden />
  const { reports, me } = await caller()
  const { at, ...parameters } = await searchParams
  const queue = triageQueue(parameters)
  const [myself, page] = await Promise.all([me.view(), reports.queue({ queue: mutable(queue) })])
  const first = page.rows.find(({ code }) => code === at) ?? page.rows[0]
  // A colleague may decide it between the two questions: then the screen asks anew.
  const report = first ? await reports.byCode(first.code).catch(() => null) : null
  return (
    <ClientMessages domains={[...shellDomains, 'reports', 'report', 'matching', 'triage']}>
      <TriageScreen myself={myself} first={{ queue, page }} report={report} />
    </ClientMessages>
  )
}

async function Forbidden() {
  const t = await getTranslations('triage.forbidden')
  return (
    <EmptyState icon={ShieldOff} title={t('title')} action={<Link href="/reports">{t('toQueue')}</Link>}>
      {t('sentence')}
    </EmptyState>
  )
}
