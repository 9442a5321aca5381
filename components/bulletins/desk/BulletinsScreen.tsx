'use client'

import { useQuery } from '@tanstack/react-query'
import { CloudLightning, Plus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import type { BulletinCounts, BulletinPage } from '#server/bulletins/queries/list.ts'
import type { DeskState } from '#server/bulletins/rules/desk-address.ts'
import type { ActiveStorm } from '#server/incidents/queries.ts'
import { BulletinDesk } from './BulletinDesk.tsx'
import styles from './BulletinsScreen.module.css'

const { Panel: NewBulletin } = lazyPanel(() => import('../new/NewBulletin.tsx').then((form) => form.NewBulletin))

type Props = {
  first: { desk: DeskState; page: BulletinPage; counts: BulletinCounts }
  stormsAtFirst: ActiveStorm[]
  mayWrite: boolean
  mayRelease: boolean
}

/** All bulletins, and what creates a new one. */
export function BulletinsScreen({ first, stormsAtFirst, mayWrite, mayRelease }: Props) {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const [isAdding, setAdding] = useState(false)
  const { data: storms } = useQuery({ ...trpc.incidents.activeStorms.queryOptions(), initialData: stormsAtFirst })
  return (
    <>
      <BulletinDesk
        first={first}
        mayRelease={mayRelease}
        header={
          <PageHeader
            look="bar"
            title={t('title')}
            actions={
              <>
                {storms.map(({ id, name }) => (
                  <Link key={id} href={`/bulletins/storm/${id}`} className={styles.storm}>
                    <CloudLightning size={16} aria-hidden="true" />
                    {t('storm.link', { name })}
                  </Link>
                ))}
                {mayWrite && (
                  <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
                    {t('add')}
                  </Button>
                )}
              </>
            }
          />
        }
      />
      {isAdding && <NewBulletin incidentId={first.desk.incidentId} onClose={() => setAdding(false)} />}
    </>
  )
}
