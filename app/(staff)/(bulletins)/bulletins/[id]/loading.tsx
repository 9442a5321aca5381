import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { PageSkeleton } from '#components/ui/PageSkeleton.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'

export default function BulletinLoading() {
  return (
    <PageSkeleton title={420} back>
      <AwaitedKeys scopes={['editor', 'review']} />
      <Skeleton height={64} />
      <Skeleton height={380} />
    </PageSkeleton>
  )
}
