import { ShieldOff } from 'lucide-react'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { type AdminRoom, adminRooms, roomRules } from '#components/admin/admin-rooms.ts'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { pageContext } from '#server/trpc/caller.ts'

/** The parts of the administration that the account at the desk may enter: a courtesy, the procedures refuse by themselves. */
export async function allowedRooms(): Promise<AdminRoom[]> {
  const { session } = await pageContext()
  return adminRooms.filter((room) => session && mayUse(session.actor, roomRules[room].permission))
}

export async function mayEnter(room: AdminRoom): Promise<boolean> {
  return (await allowedRooms()).includes(room)
}

/** Stands in place of a part that the account may not enter. */
export async function Forbidden() {
  const t = await getTranslations('admin.forbidden')
  const rooms = await allowedRooms()
  const [href, label] = rooms.length > 0 ? ['/admin', t('back')] : ['/reports', t('toQueue')]
  return (
    <EmptyState icon={ShieldOff} title={t('title')} action={<Link href={href}>{label}</Link>}>
      {t('sentence')}
    </EmptyState>
  )
}
