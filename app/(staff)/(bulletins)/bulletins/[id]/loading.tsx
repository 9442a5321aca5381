import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { Page } from '#components/ui/Page.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'

export default function BulletinLoading() {
  return (
    <Page>
      <AwaitedKeys scopes={['editor', 'review']} />
      <div aria-busy="true" style={{ display: 'grid', gap: 'var(--space-16)', maxWidth: 820 }}>
        <Skeleton width={260} height={16} />
        <Skeleton width="70%" height={28} />
        <Skeleton height={64} />
        <Skeleton height={380} />
      </div>
    </Page>
  )
}
