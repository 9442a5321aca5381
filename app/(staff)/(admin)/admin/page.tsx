import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AdminHome } from '#components/admin/AdminHome.tsx'
import { allowedRooms, Forbidden } from './allowed.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin')
  return { title: t('title') }
}

export default async function Admin() {
  const rooms = await allowedRooms()
  return rooms.length === 0 ? <Forbidden /> : <AdminHome rooms={rooms} />
}
