'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: unknown; retry: () => void }

export default function ScreenError({ error, retry }: Props) {
  return (
    <main>
      <ErrorState heading="h1" error={error} onRetry={retry} />
    </main>
  )
}
