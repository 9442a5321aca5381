import { StormSkeleton } from '#components/insights/storm/StormSkeleton.tsx'
import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { Page } from '#components/ui/Page.tsx'

export default function StormLoading() {
  return (
    <Page>
      <AwaitedKeys scopes={['board']} />
      <StormSkeleton />
    </Page>
  )
}
