'use client'

import { LazyErrorState } from '#components/ui/LazyErrorState.tsx'

type Props = { error: unknown; retry: () => void }

/** A page failed; rail, bar and notices stay, so the user can navigate on. */
export default function StaffError({ error, retry }: Props) {
  return <LazyErrorState heading="h1" error={error} onRetry={retry} />
}
