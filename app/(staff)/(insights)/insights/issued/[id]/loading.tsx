import { PageSkeleton } from '#components/ui/PageSkeleton.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function Loading() {
  return (
    <PageSkeleton title={360} back>
      <SkeletonRows rows={10} rowHeight={44} columns={['2fr', '1fr']} />
    </PageSkeleton>
  )
}
