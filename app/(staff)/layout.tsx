import type { ReactNode } from 'react'
import { CategoryNames } from '#components/categories/CategoryNames.tsx'
import { TrpcProvider } from '#components/trpc/TrpcProvider.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import { caller } from '#server/trpc/caller.ts'
import { StaffDesk } from './StaffDesk.tsx'
import { shellFor } from './shell-for.ts'

/** Sends visitors who are not signed in to the sign-in page as a courtesy; the procedures enforce access. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const [view, categories] = await Promise.all([
    shellFor(),
    caller().then((procedures) => procedures.categories.names()),
  ])
  return (
    <ClientMessages domains={shellDomains}>
      <TrpcProvider accountId={view.account.id}>
        <CategoryNames categories={categories}>
          <StaffDesk view={view}>{children}</StaffDesk>
        </CategoryNames>
      </TrpcProvider>
    </ClientMessages>
  )
}
