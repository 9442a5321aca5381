'use client'

import { LazyErrorState } from '#components/ui/LazyErrorState.tsx'

type Props = { error: unknown; retry: () => void }

export default function BulletinsError({ error, retry }: Props) {
  return <LazyErrorState heading="h1" error={error} onRetry={retry} />
}
