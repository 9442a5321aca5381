import { BoardSkeleton } from '#components/insights/BoardSkeleton.tsx'
import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { Page } from '#components/ui/Page.tsx'

export default function InsightsLoading() {
  return (
    <Page>
      <AwaitedKeys scopes={['board']} />
      <BoardSkeleton />
    </Page>
  )
}
