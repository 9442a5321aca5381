import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { pageContext } from '#server/trpc/caller.ts'
import StaffLayout from '../../(staff)/layout.tsx'

/** Shows an unknown address within the desk to signed-in users, and as a bare page to everyone else. */
export default async function MissingLayout({ children }: { children: ReactNode }) {
  const [{ session }, sent] = await Promise.all([pageContext(), headers()])
  const isLookedAt = ['document', 'empty'].includes(sent.get('sec-fetch-dest') ?? 'document')
  return session && isLookedAt ? <StaffLayout>{children}</StaffLayout> : <main>{children}</main>
}
