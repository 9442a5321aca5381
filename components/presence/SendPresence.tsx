'use client'

import { useEffect, useState } from 'react'
import { draftKey, useHasDraft } from '#components/reports/report/drafts.ts'
import { setOpenHere } from './presence-store.ts'

type Props = { reportId: number; accountId: string; isWriting: boolean }

/** Announces that the report is open in this tab, and whether an answer is being written. */
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
