'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: unknown; retry: () => void }

/** The queue failed; rail and bar stay, and so does what is typed elsewhere. */
export default function ReportsError({ error, retry }: Props) {
  return <ErrorState heading="h1" error={error} onRetry={retry} />
}
