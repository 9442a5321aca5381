import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Page } from '#components/ui/Page.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import styles from './AdminHome.module.css'
import { type AdminRoom, roomRules } from './admin-rooms.ts'

/** The parts of the administration, each with a sentence about its purpose. */
export async function AdminHome({ rooms }: { rooms: readonly AdminRoom[] }) {
  const t = await getTranslations('admin')
  return (
    <Page width="reading">
      <PageHeader title={t('title')} />
      <ul className={styles.rooms}>
        {rooms.map((room) => {
          const { href, icon: Icon } = roomRules[room]
          return (
            <li key={room}>
              <Link href={href} className={styles.room}>
                <span className={styles.icon}>
                  <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
                </span>
                <span className={styles.words}>
                  <strong>{t(`items.${room}`)}</strong>
                  <span className={styles.about}>{t(`about.${room}`)}</span>
                </span>
                <ChevronRight size={16} aria-hidden="true" className={styles.go} />
              </Link>
            </li>
          )
        })}
      </ul>
    </Page>
  )
}
