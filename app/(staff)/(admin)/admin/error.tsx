'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: Error & { digest?: string }; reset: () => void }

/** One part failed; the way to the others stays. */
export default function AdminError({ error, reset }: Props) {
  return <ErrorState code={error.digest} onRetry={reset} />
}
