import type { ReactNode } from 'react'
import { TrpcProvider } from '#components/trpc/TrpcProvider.tsx'
import { ClientMessages } from '#messages/ClientMessages.tsx'
import { caller } from '#server/trpc/caller.ts'

/** Screens on a wall: no rail, no bar, nothing to press. A stranger is sent to the sign-in page and from there back. */
export default async function ScreenLayout({ children }: { children: ReactNode }) {
  await caller()
  return (
    <ClientMessages domains={['common', 'storm', 'board', 'incidents', 'reports', 'refusals', 'failures']}>
      <TrpcProvider>{children}</TrpcProvider>
    </ClientMessages>
  )
}
