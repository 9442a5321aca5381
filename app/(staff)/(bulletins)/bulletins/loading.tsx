import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { PageSkeleton } from '#components/ui/PageSkeleton.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function BulletinsLoading() {
  return (
    <PageSkeleton title={180}>
      <AwaitedKeys scopes={['list', 'review']} />
      <SkeletonRows rows={10} rowHeight={56} columns={[24, '3fr', 120, 120, 120]} />
    </PageSkeleton>
  )
}
