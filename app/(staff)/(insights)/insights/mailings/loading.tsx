import { Page } from '#components/ui/Page.tsx'
import { Skeleton, SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function Loading() {
  return (
    <Page>
      <Skeleton width={220} height={24} />
      <div style={{ height: 36 }} />
      <SkeletonRows rows={6} rowHeight={44} columns={['2fr', '1fr', '1fr', '1fr', 60]} />
    </Page>
  )
}
