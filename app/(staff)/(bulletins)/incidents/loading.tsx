import { PageSkeleton } from '#components/ui/PageSkeleton.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function IncidentsLoading() {
  return (
    <PageSkeleton title={220}>
      <SkeletonRows rows={8} rowHeight={57} columns={['2fr', '1fr', '1fr', 80, 80, 100, '1fr']} />
    </PageSkeleton>
  )
}
