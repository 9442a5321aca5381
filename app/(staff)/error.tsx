'use client'

import { ErrorState } from '#components/ui/ErrorState.tsx'

type Props = { error: unknown; retry: () => void }

/** A page failed; rail, bar and notices stay, so there is a way on. */
export default function StaffError({ error, retry }: Props) {
  return <ErrorState heading="h1" error={error} onRetry={retry} />
}
