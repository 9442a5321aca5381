import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import type { QueueRow } from '#server/reports/queries/queue-rows.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { hidesPutOffs, type QueueCursor, queueOf } from '#server/reports/rules/queue.ts'
import { parseQueue, queueAddress } from '#server/reports/rules/queue-address.ts'

/** A separate query key: invalidating reports elsewhere must not move rows under the pointer. */
export const queueLists = 'queue-list'

export type QueuePages = InfiniteData<QueuePage, QueueCursor | null>

/**
 * A row that was changed here after it was loaded keeps its loaded state, so that the list can say why the row left it.
 */
export type PatchedRow = QueueRow & Partial<ReportView['counting']> & { was?: Pick<QueueRow, 'state' | 'agencyName'> }

/** Applies the user's own change to the loaded rows, without moving them. */
export function patchRows(queries: QueryClient, id: number, change: Partial<PatchedRow>): void {
  queries.setQueriesData<QueuePages>({ queryKey: [queueLists] }, (known) => {
    if (!known?.pages.some(({ rows }) => rows.some((row) => row.id === id))) return known
    return {
      ...known,
      pages: known.pages.map((page) => ({ ...page, rows: page.rows.map((row) => patched(row, id, change)) })),
    }
  })
}

/** Takes a report that the user has put off out of the loaded lists that leave such reports out. */
export function dropFromLists(queries: QueryClient, id: number): void {
  for (const [queryKey, known] of queries.getQueriesData<QueuePages>({ queryKey: [queueLists] })) {
    if (!known || !hidesPutOffs(parseQueue(Object.fromEntries(new URLSearchParams(String(queryKey[1]))), 'open')))
      continue
    const isIn = known.pages.some(({ rows }) => rows.some((row) => row.id === id))
    if (!isIn) continue
    queries.setQueryData<QueuePages>(queryKey, {
      ...known,
      pages: known.pages.map((page) => ({
        ...page,
        rows: page.rows.filter((row) => row.id !== id),
        total: page.total && { ...page.total, count: Math.max(0, page.total.count - 1) },
      })),
    })
  }
  queries.removeQueries({ queryKey: [queueLists, queueAddress(queueOf('put_off'))], type: 'inactive' })
}

/** Loads the shown lists again, as far as they were loaded; the others when they are shown. */
export async function reloadLists(queries: QueryClient): Promise<void> {
  queries.removeQueries({ queryKey: [queueLists], type: 'inactive' })
  await queries.refetchQueries({ queryKey: [queueLists], type: 'active' })
}

function patched(row: PatchedRow, id: number, change: Partial<PatchedRow>): PatchedRow {
  if (row.id !== id) return row
  return { ...row, ...change, was: row.was ?? { state: row.state, agencyName: row.agencyName } }
}

/** The part of the change that the table shows. */
export function rowChangeOf(view: Partial<ReportView>): Partial<PatchedRow> {
  const { state, severity, category, agency, assignee, incident, tags, address, rating, deadline, counting } = view
  return {
    ...(state && { state }),
    ...(severity && { severity }),
    ...(category && { categoryCode: category.code }),
    ...(agency !== undefined && { agencyName: agency?.shortName ?? null }),
    ...(assignee !== undefined && { assigneeName: assignee?.name ?? null }),
    ...(incident !== undefined && { incident: incident && { name: incident.name, nameEn: incident.nameEn } }),
    ...(tags && { tags }),
    ...(address !== undefined && { address }),
    ...(rating !== undefined && { rating }),
    ...(deadline && { deadline, ...counting }),
  }
}
