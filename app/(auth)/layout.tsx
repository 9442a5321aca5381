import type { ReactNode } from 'react'
import { ClientMessages } from '#messages/ClientMessages.tsx'

export default function DoorLayout({ children }: { children: ReactNode }) {
  return <ClientMessages domains={['common', 'accounts', 'factor', 'refusals', 'failures']}>{children}</ClientMessages>
}
