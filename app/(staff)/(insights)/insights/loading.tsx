import { BoardSkeleton } from '#components/insights/BoardSkeleton.tsx'
import { Page } from '#components/ui/Page.tsx'

export default function InsightsLoading() {
  return (
    <Page>
      <BoardSkeleton />
    </Page>
  )
}
