'use client'

import { PresenceHeartbeat } from '#components/presence/PresenceHeartbeat.tsx'
import { usePresenceAt } from '#components/presence/presence-store.ts'
import { SendPresence } from '#components/presence/SendPresence.tsx'
import { useMyself } from '#components/reports/report/use-report.ts'

type Props = { current: number | null; next: readonly number[] }

/** Announces which report is being triaged, and learns which of the next ones colleagues have open. */
export function TriagePresence({ current, next }: Props) {
  const myself = useMyself()
  return (
    <>
      <PresenceHeartbeat />
      {current !== null && myself && <SendPresence reportId={current} accountId={myself.id} isWriting={false} />}
      {next.map((reportId) => (
        <Listening key={reportId} reportId={reportId} />
      ))}
    </>
  )
}

/** Renders nothing: it only keeps the presence known for the moment of moving on. */
function Listening({ reportId }: { reportId: number }) {
  usePresenceAt(reportId)
  return null
}
