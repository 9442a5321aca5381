import { PageSkeleton } from '#components/ui/PageSkeleton.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function AdminLoading() {
  return (
    <PageSkeleton title={260}>
      <SkeletonRows rows={12} rowHeight={41} columns={['2fr', '1fr', '1fr', 120]} />
    </PageSkeleton>
  )
}
