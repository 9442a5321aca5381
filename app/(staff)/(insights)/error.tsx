'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: unknown; retry: () => void }

export default function InsightsError({ error, retry }: Props) {
  return <ErrorState heading="h1" error={error} onRetry={retry} />
}
