'use client'

import { useEffect, useState } from 'react'
import { draftKey, useHasDraft } from '#components/reports/report/drafts.ts'
import { setOpenHere } from './presence-store.ts'

type Props = { reportId: number; accountId: string; isWriting: boolean }

/** Says that the report stands open in this tab, and what is done with it. */
export function SendPresence({ reportId, accountId, isWriting }: Props) {
  const hasAnswer = useHasDraft(draftKey(accountId, reportId, 'answer'))
  const hasNote = useHasDraft(draftKey(accountId, reportId, 'note'))
  const isUnsaved = hasAnswer || hasNote
  const [teller] = useState({})
  useEffect(() => {
    setOpenHere(teller, { reportId, doing: isWriting ? 'writing' : 'viewing', isUnsaved, isIdle: false })
  }, [teller, reportId, isWriting, isUnsaved])
  useEffect(() => () => setOpenHere(teller, null), [teller])
  return null
}
