import { Page } from '#components/ui/Page.tsx'
import { Skeleton, SkeletonRows } from '#components/ui/Skeleton.tsx'

export default function IncidentsLoading() {
  return (
    <Page>
      <Skeleton width={220} height={24} />
      <div style={{ height: 36 }} />
      <SkeletonRows rows={8} rowHeight={57} columns={['2fr', '1fr', '1fr', 80, 80, 100, '1fr']} />
    </Page>
  )
}
