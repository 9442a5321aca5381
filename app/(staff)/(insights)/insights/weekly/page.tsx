import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { WeeklyScreen } from '#components/insights/weekly/WeeklyScreen.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { parseWeekly } from '#server/insights/rules/weekly-period.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = { searchParams: Promise<Record<string, string | string[]>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('weekly.page')
  return { title: t('title') }
}

export default async function WeeklyPage({ searchParams }: Props) {
  const { session, now } = await enter()
  const { insights } = await caller()
  const today = localDayOf(now())
  return (
    <ClientMessages domains={[...shellDomains, 'weekly', 'board', 'insights', 'reports', 'agencies']}>
      <Page>
        <WeeklyScreen
          weekly={await insights.weekly(parseWeekly(await searchParams, today))}
          today={today}
          mayOpen={mayUse(session.actor, 'reports.read')}
          mayMail={mayUse(session.actor, 'insights.mail')}
        />
      </Page>
    </ClientMessages>
  )
}
