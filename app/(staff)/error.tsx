'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: Error & { digest?: string }; reset: () => void }

/** A page failed; rail, bar and notices stay, so there is a way on. */
export default function StaffError({ error, reset }: Props) {
  return <ErrorState code={error.digest} onRetry={reset} />
}
