'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: Error & { digest?: string }; reset: () => void }

/** The desk failed; rail and bar stay, and so does what is typed elsewhere. */
export default function TriageError({ error, reset }: Props) {
  return <ErrorState code={error.digest} onRetry={reset} />
}
