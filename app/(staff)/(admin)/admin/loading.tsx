import { Page } from '#components/ui/Page.tsx'
import { Skeleton, SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function AdminLoading() {
  return (
    <Page>
      <Skeleton width={260} height={24} />
      <div style={{ height: 36 }} />
      <SkeletonRows rows={12} rowHeight={41} columns={['2fr', '1fr', '1fr', 120]} />
    </Page>
  )
}
