'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { type DeskState, deskQuery, parseDesk } from '#server/bulletins/rules/desk-address.ts'
import { parametersOf } from '#server/platform/rules/filters/address.ts'

export const deskAddress = (path: string, desk: DeskState): string => {
  const query = deskQuery(desk)
  return query ? `${path}?${query}` : path
}

/** The whole state of the list is stored in the address: Back, reload and a shared link restore it exactly. */
export function useDeskAddress(fixed: Partial<DeskState>) {
  const path = usePathname()
  const text = useSearchParams().toString()
  const desk = useMemo(() => ({ ...parseDesk(parametersOf(new URLSearchParams(text))), ...fixed }), [text, fixed])
  const show = useCallback(
    (next: DeskState) => window.history.pushState(null, '', deskAddress(path, { ...next, ...blanks(fixed) })),
    [path, fixed],
  )
  return { desk, path, show }
}

/** What the path already contains is not repeated in the query. */
const blanks = (fixed: Partial<DeskState>): Partial<DeskState> =>
  Object.fromEntries(Object.keys(fixed).map((key) => [key, null]))
