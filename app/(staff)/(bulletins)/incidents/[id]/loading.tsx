import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { PageSkeleton } from '#components/ui/PageSkeleton.tsx'
import { Skeleton, SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function IncidentLoading() {
  return (
    <PageSkeleton title={320} back>
      <AwaitedKeys scopes={['incident', 'list']} />
      <Skeleton height={72} />
      <SkeletonRows rows={8} rowHeight={57} columns={[110, '3fr', '1fr', '1fr', 70]} />
    </PageSkeleton>
  )
}
