import { StormSkeleton } from '#components/insights/storm/StormSkeleton.tsx'
import { Page } from '#components/ui/Page.tsx'

export default function StormLoading() {
  return (
    <Page>
      <StormSkeleton />
    </Page>
  )
}
