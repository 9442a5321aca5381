import { TRPCError } from '@trpc/server'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { panesOf } from '#components/reports/queue/layout-cookies.ts'
import { ReportsScreen } from '#components/reports/queue/ReportsScreen.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { mayTriage } from '#server/accounts/rules/rooms.ts'
import { firstViewFor, viewsFor } from '#server/reports/rules/queue.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { caller, enter } from '#server/trpc/caller.ts'

/** The messages of the board, only where the list is a drill-down. */
const figureDomains = ['board', 'insights'] as const

type Props = {
  params: Promise<{ code?: string[] }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const codeOf = async (params: Props['params']) => {
  const [code] = (await params).code ?? []
  return code === undefined ? null : decodeURIComponent(code)
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('reports.queue')
  return { title: (await codeOf(params)) ?? t('title') }
}

/** The queue, and over it the report that the address names: one page, so that navigating between them keeps both. */
export default async function ReportsPage({ params, searchParams }: Props) {
  const { session } = await enter()
  const { reports, savedViews, me } = await caller()
  const code = await codeOf(params)
  const firstView = firstViewFor(session.actor)
  const queue = parseQueue(await searchParams, firstView)
  const [myself, page, counts, saved, report, jar] = await Promise.all([
    me.view(),
    reports.queue({ queue }),
    reports.viewCounts(),
    savedViews.list(),
    code === null ? null : reports.byCode(code).catch(nullIfMissing),
    cookies(),
  ])
  return (
    <ClientMessages
      domains={[
        ...shellDomains,
        'reports',
        'report',
        'areas',
        'matching',
        'bulk',
        ...(queue.mark ? figureDomains : []),
      ]}
    >
      <ReportsScreen
        myself={myself}
        views={viewsFor(session.actor)}
        firstView={firstView}
        first={{ queue, page }}
        counts={counts}
        savedViews={saved}
        mayTriage={mayTriage(session.actor)}
        mayReceive={mayUse(session.actor, 'reports.receive')}
        report={report}
        panes={panesOf((cookie) => jar.get(cookie)?.value)}
      />
    </ClientMessages>
  )
}

/**
 * The screen itself says that there is no such report, even for a malformed code, and keeps the queue one step away.
 */
function nullIfMissing(error: unknown): null {
  if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) return null
  throw error
}
