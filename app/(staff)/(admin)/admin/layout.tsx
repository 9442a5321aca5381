import type { ReactNode } from 'react'
import { AdminNav } from '#components/admin/AdminNav.tsx'
import { ClientMessages, shellDomains } from '#messages/ClientMessages.tsx'
import styles from './admin.module.css'
import { allowedRooms } from './allowed-rooms.ts'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const rooms = await allowedRooms()
  if (rooms.length < 2) return children
  return (
    <div className={styles.rooms}>
      <ClientMessages domains={[...shellDomains, 'admin']}>
        <AdminNav rooms={rooms} />
      </ClientMessages>
      <div>{children}</div>
    </div>
  )
}
