import type { ReactNode } from 'react'
import { TrpcProvider } from '#components/trpc/TrpcProvider.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { StaffDesk } from './StaffDesk.tsx'
import { shellFor } from './shell-for.ts'

/** Sends visitors who are not signed in to the sign-in page as a courtesy; the procedures enforce access. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const view = await shellFor()
  return (
    <ClientMessages domains={shellDomains}>
      <TrpcProvider accountId={view.account.id}>
        <StaffDesk view={view}>{children}</StaffDesk>
      </TrpcProvider>
    </ClientMessages>
  )
}
