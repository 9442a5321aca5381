import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { Page } from '#components/ui/Page.tsx'
import { Skeleton, SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function IncidentLoading() {
  return (
    <Page>
      <AwaitedKeys scopes={['incident', 'list']} />
      <Skeleton width={110} height={16} />
      <div style={{ height: 16 }} />
      <Skeleton width={320} height={28} />
      <div style={{ height: 24 }} />
      <Skeleton height={72} />
      <div style={{ height: 24 }} />
      <SkeletonRows rows={8} rowHeight={57} columns={[110, '3fr', '1fr', '1fr', 70]} />
    </Page>
  )
}
