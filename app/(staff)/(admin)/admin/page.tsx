import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AdminHome } from '#components/admin/AdminHome.tsx'
import { Asleep } from '#components/ui/Asleep.tsx'
import { enter } from '#server/trpc/caller.ts'
import { allowedRooms } from './allowed-rooms.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin')
  return { title: t('title') }
}

export default async function Admin() {
  await enter()
  return (
    <>
      <AdminHome rooms={await allowedRooms()} />
      <Asleep />
    </>
  )
}
