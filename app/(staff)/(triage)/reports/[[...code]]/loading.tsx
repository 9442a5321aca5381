import { QueueSkeleton } from '#components/reports/queue/QueueSkeleton.tsx'

export default function ReportsLoading() {
  return <QueueSkeleton />
}
