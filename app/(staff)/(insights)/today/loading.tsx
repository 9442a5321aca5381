import { PageSkeleton } from '#components/ui/PageSkeleton.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function Loading() {
  return (
    <PageSkeleton title={420}>
      <SkeletonRows rows={6} rowHeight={67} columns={['1fr', '3fr', '2fr', '1fr']} />
    </PageSkeleton>
  )
}
