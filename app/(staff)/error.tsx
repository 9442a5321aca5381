'use client'

import { lazyPanel } from '#components/ui/lazy-panel.ts'

type Props = { error: unknown; retry: () => void }

/** Fetched when a page fails, for every page would otherwise bring it along; where it cannot be, that is what is said. */
const { Panel: ErrorState } = lazyPanel(
  () => import('#components/ui/ErrorState.tsx').then((state) => state.ErrorState),
  {
    takesFocus: () => false,
    plain: true,
  },
)

/** A page failed; rail, bar and notices stay, so there is a way on. */
export default function StaffError({ error, retry }: Props) {
  return <ErrorState heading="h1" error={error} onRetry={retry} />
}
