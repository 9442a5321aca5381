'use client'

import { LazyErrorState } from '#components/ui/LazyErrorState.tsx'

type Props = { error: unknown; retry: () => void }

/** One part failed; the navigation to the others stays. */
export default function AdminError({ error, retry }: Props) {
  return <LazyErrorState heading="h1" error={error} onRetry={retry} />
}
