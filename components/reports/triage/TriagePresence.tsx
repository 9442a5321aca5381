'use client'

import { PresenceHeart } from '#components/presence/PresenceHeartbeat.tsx'
import { usePresenceAt } from '#components/presence/presence-store.ts'
import { SendPresence } from '#components/presence/SendPresence.tsx'
import { useMyself } from '#components/reports/report/use-report.ts'

type Props = { current: number | null; next: readonly number[] }

/** Tells colleagues which report is before the eyes, and hears at which of the next somebody else is. */
export function TriagePresence({ current, next }: Props) {
  const myself = useMyself()
  return (
    <>
      <PresenceHeart />
      {current !== null && myself && <SendPresence reportId={current} accountId={myself.id} isWriting={false} />}
      {next.map((reportId) => (
        <Listening key={reportId} reportId={reportId} />
      ))}
    </>
  )
}

/** Draws nothing: what is heard is kept for the moment of going on. */
function Listening({ reportId }: { reportId: number }) {
  usePresenceAt(reportId)
  return null
}
