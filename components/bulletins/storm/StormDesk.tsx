'use client'

import { useQuery } from '@tanstack/react-query'
import { CopyPlus, Zap } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { BulletinCounts, BulletinPage } from '#server/bulletins/queries/list.ts'
import type { StormCounters } from '#server/bulletins/queries/storm-counters.ts'
import type { BulletinKind } from '#server/bulletins/rules/bulletin.ts'
import type { DeskState } from '#server/bulletins/rules/desk-address.ts'
import type { Incident } from '#server/incidents/queries.ts'
import { BulletinDesk } from '../desk/BulletinDesk.tsx'
import { kindIcons } from '../kind-icons.ts'
import styles from './StormDesk.module.css'
import { useBeginning } from './use-beginning.ts'

const { Panel: QuickBulletin } = lazyPanel(() => import('./QuickBulletin.tsx').then((form) => form.QuickBulletin))

type Props = {
  incident: Incident
  counters: StormCounters
  first: { desk: DeskState; page: BulletinPage; counts: BulletinCounts }
  mayWrite: boolean
  mayRelease: boolean
}

/** The kinds needed most in a storm: one tap each. */
const quickKinds = [
  'warning',
  'road_closed',
  'shelter',
  'power',
  'water',
  'all_clear',
] as const satisfies BulletinKind[]

/** The storm desk of one incident: its counters, its templates, the list with its keys, and publishing many at once. */
export function StormDesk({ incident, counters: counted, first, mayWrite, mayRelease }: Props) {
  const nameIn = useNameIn()
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const fixed = useMemo(() => ({ incidentId: incident.id }), [incident.id])
  const [isQuick, setQuick] = useState(false)
  const beginning = useBeginning(incident)
  const { data: counters } = useQuery({
    ...trpc.bulletins.stormCounters.queryOptions(incident.id),
    initialData: counted,
    refetchInterval: 15_000,
  })
  return (
    <>
      <BulletinDesk
        first={first}
        fixed={fixed}
        mayRelease={mayRelease}
        header={
          <PageHeader
            look="bar"
            above={<BackLink href="/bulletins">{t('storm.back')}</BackLink>}
            title={t('storm.title', { name: nameIn(incident) })}
            actions={<Counters counters={counters} />}
          >
            {mayWrite && (
              <div className={styles.tools}>
                <Button variant="primary" size="small" icon={<Zap />} onClick={() => setQuick(true)}>
                  {t('storm.quick')}
                </Button>
                <Button
                  size="small"
                  icon={<CopyPlus />}
                  busy={beginning.isBusy}
                  reason={counters.issued === 0 ? t('storm.nothingIssued') : undefined}
                  onClick={() => beginning.fromLast()}
                >
                  {t('storm.duplicate')}
                </Button>
                {quickKinds.map((kind) => {
                  const Icon = kindIcons[kind]
                  return (
                    <Button
                      key={kind}
                      size="small"
                      variant="quiet"
                      icon={<Icon />}
                      busy={beginning.isBusy}
                      onClick={() => beginning.fromTemplate(kind)}
                    >
                      {t(`kinds.${kind}`)}
                    </Button>
                  )
                })}
              </div>
            )}
          </PageHeader>
        }
      />
      {isQuick && <QuickBulletin incident={incident} onClose={() => setQuick(false)} />}
    </>
  )
}

function Counters({ counters }: { counters: StormCounters }) {
  const t = useTranslations('bulletins.storm')
  const format = useFormat()
  const { open, issued, corrections, medianMinutes, lastIssuedAt } = counters
  return (
    <dl className={styles.counters}>
      <div>
        <dt>{t('open')}</dt>
        <dd>{format.number(open)}</dd>
      </div>
      <div>
        <dt>{t('issued')}</dt>
        <dd>{format.number(issued)}</dd>
      </div>
      <div>
        <dt>{t('median')}</dt>
        <dd>{medianMinutes === null ? '–' : t('minutes', { minutes: Math.round(medianMinutes) })}</dd>
      </div>
      <div>
        <dt>{t('corrections')}</dt>
        <dd>{format.number(corrections)}</dd>
      </div>
      {lastIssuedAt && (
        <div>
          <dt>{t('last')}</dt>
          <dd>
            <TimeText at={lastIssuedAt} />
          </dd>
        </div>
      )}
    </dl>
  )
}
