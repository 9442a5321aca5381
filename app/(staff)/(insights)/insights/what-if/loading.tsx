import { PageSkeleton } from '#components/ui/PageSkeleton.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function Loading() {
  return (
    <PageSkeleton title={220} back>
      <SkeletonRows rows={6} rowHeight={72} columns={['2fr', '1fr']} />
    </PageSkeleton>
  )
}
