'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: unknown; retry: () => void }

/** One part failed; the navigation to the others stays. */
export default function AdminError({ error, retry }: Props) {
  return <ErrorState heading="h1" error={error} onRetry={retry} />
}
