'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: Error & { digest?: string }; reset: () => void }

export default function ScreenError({ error, reset }: Props) {
  return (
    <main>
      <ErrorState code={error.digest} onRetry={reset} />
    </main>
  )
}
