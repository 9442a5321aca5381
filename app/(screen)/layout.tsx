import type { ReactNode } from 'react'
import { TrpcProvider } from '#components/trpc/TrpcProvider.tsx'
import { ClientMessages } from '#messages/ClientMessages.tsx'
import { caller } from '#server/trpc/caller.ts'

/**
 * Wall screens: no navigation and no controls. A visitor who is not signed in goes through the sign-in page and back.
 */
export default async function ScreenLayout({ children }: { children: ReactNode }) {
  await caller()
  return (
    <ClientMessages domains={['common', 'storm', 'board', 'incidents', 'reports', 'refusals', 'failures']}>
      <TrpcProvider>{children}</TrpcProvider>
    </ClientMessages>
  )
}
