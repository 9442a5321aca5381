import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { QueueSkeleton } from '#components/reports/queue/QueueSkeleton.tsx'

export default function ReportsLoading() {
  return (
    <>
      <AwaitedKeys scopes={['report', 'row', 'list']} />
      <QueueSkeleton />
    </>
  )
}
