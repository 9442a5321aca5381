'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: Error & { digest?: string }; reset: () => void }

export default function InsightsError({ error, reset }: Props) {
  return <ErrorState code={error.digest} onRetry={reset} />
}
