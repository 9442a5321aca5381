import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { Page } from '#components/ui/Page.tsx'
import { Skeleton, SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function BulletinsLoading() {
  return (
    <Page>
      <AwaitedKeys scopes={['list', 'review']} />
      <Skeleton width={180} height={24} />
      <div style={{ height: 36 }} />
      <SkeletonRows rows={10} rowHeight={56} columns={[24, '3fr', 120, 120, 120]} />
    </Page>
  )
}
