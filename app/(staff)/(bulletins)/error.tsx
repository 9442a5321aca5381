'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: unknown; retry: () => void }

export default function IncidentsError({ error, retry }: Props) {
  return <ErrorState heading="h1" error={error} onRetry={retry} />
}
