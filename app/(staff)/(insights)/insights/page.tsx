import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { BoardScreen } from '#components/insights/BoardScreen.tsx'
import { Page } from '#components/ui/Page.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { parseBoard } from '#server/insights/rules/filters.ts'
import { caller, enter } from '#server/trpc/caller.ts'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('board')
  return { title: t('title') }
}

/** The board for managers. The figures are counted before the page is sent, so that it arrives with them. */
export default async function InsightsPage({ searchParams }: Props) {
  const { session } = await enter()
  const procedures = await caller()
  const filters = parseBoard(await searchParams)
  const board = await procedures.insights.board(filters)
  return (
    <ClientMessages domains={[...shellDomains, 'board', 'insights', 'reports']}>
      <Page>
        <BoardScreen
          first={{ filters, board }}
          mayOpen={mayUse(session.actor, 'reports.read')}
          maySetTargets={mayUse(session.actor, 'insights.targets')}
          mayMail={mayUse(session.actor, 'insights.mail')}
          mayAskWhatIf={mayUse(session.actor, 'insights.what_if')}
        />
      </Page>
    </ClientMessages>
  )
}
