'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronDown, CloudLightning, Info, MonitorPlay } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useLayoutEffect } from 'react'
import { IncidentStateChip } from '#components/incidents/IncidentStateChip.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { LinkButton } from '#components/ui/LinkButton.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { IncidentChoice } from '#server/incidents/queries.ts'
import type { Storm } from '#server/insights/rules/board.ts'
import { isGoingOn } from '#server/insights/rules/storm-steps.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import board from '../BoardScreen.module.css'
import { returnToPlace } from '../chart/drill-place.ts'
import { PictureContext } from '../chart/picture-words.ts'
import { TakeMenu } from '../chart/TakeMenu.tsx'
import { OldestOpen } from './OldestOpen.tsx'
import { StormCourse } from './StormCourse.tsx'
import { StormFigures } from './StormFigures.tsx'
import { StormGrid } from './StormGrid.tsx'
import { StormKinds } from './StormKinds.tsx'
import { StormMap } from './StormMap.tsx'
import styles from './StormScreen.module.css'
import { StormContext } from './storm-context.ts'

type Props = {
  first: Storm
  choices: readonly IncidentChoice[]
  /** Whether the account may open reports, so that figures are links. */
  mayOpen: boolean
  mayReadBulletins: boolean
}

const minute = 60_000

/** The course of a storm: its figures over time, where it struck, what is still open. */
export function StormScreen({ first, choices, mayOpen, mayReadBulletins }: Props) {
  const nameIn = useNameIn()
  const t = useTranslations('storm')
  const boards = useTranslations('board')
  const trpc = useTRPC()
  const format = useFormat()
  const { data, isError, refetch } = useQuery({
    ...trpc.insights.storm.queryOptions(first.incident.id),
    initialData: first,
    initialDataUpdatedAt: first.asOf.getTime(),
    staleTime: minute,
    refetchInterval: isGoingOn(first) ? minute : false,
  })
  useLayoutEffect(returnToPlace, [])
  const { incident, asOf } = data
  const isOn = isGoingOn(data)
  const at = format.dateTime(asOf)
  const span = incident.endsAt
    ? t('span', { from: format.dateTime(incident.startsAt), to: format.dateTime(incident.endsAt) })
    : t('since', { from: format.dateTime(incident.startsAt) })
  const whose = t(data.isWholeCity ? 'whose.city' : 'whose.part')
  const others = choices.filter(({ id }) => id !== incident.id)
  return (
    <StormContext value={{ storm: data, mayOpen }}>
      <div className={board.screen}>
        <PageHeader
          above={<BackLink href="/insights">{t('back')}</BackLink>}
          title={nameIn(incident)}
          aside={
            <span className={styles.aside}>
              <IncidentStateChip incident={{ ...incident, underWay: isOn, closedAt: null }} />
              {span}
            </span>
          }
          sentence={
            <>
              <strong>{whose}</strong>
              {` · ${[t('asOf', { at }), isOn && t('follows')].filter(Boolean).join(' · ')}`}
            </>
          }
          actions={
            <span className={styles.tools}>
              {others.length > 0 && (
                <ActionMenu
                  label={t('chooseLabel')}
                  entries={others.map(({ id, name }) => ({ id, label: name, href: `/insights/storm/${id}` }))}
                  trigger={(props) => (
                    <Button {...props}>
                      {t('choose')}
                      <ChevronDown aria-hidden="true" />
                    </Button>
                  )}
                />
              )}
              <Link href={`/incidents/${incident.id}`} className={styles.door}>
                {t('incident')}
              </Link>
              <Link href={`/screen/${incident.id}`} className={styles.door}>
                <MonitorPlay aria-hidden="true" />
                {t('screen')}
              </Link>
              {data.total > 0 && (
                <TakeMenu
                  whole={t('whole')}
                  some={(entryOf) => [
                    ...entryOf('storm-figures', 'xlsx', { label: boards('take.kpisXlsx') }),
                    ...entryOf('storm-figures', 'csv', { label: boards('take.kpisCsv') }),
                  ]}
                />
              )}
            </span>
          }
        />
        <div role="status">
          {isError && (
            <p className={board.failed}>
              {boards('failed')} <LinkButton onClick={() => void refetch()}>{boards('retry')}</LinkButton>
            </p>
          )}
          {data.behind > 0 && (
            <p className={styles.behind}>
              <Info size={16} aria-hidden="true" />
              {t('behind', { count: data.behind })}
            </p>
          )}
        </div>
        <StormFigures mayReadBulletins={mayReadBulletins} />
        {data.total === 0 ? (
          <NoReports storm={data} />
        ) : (
          <PictureContext
            value={{
              lines: [nameIn(incident), `${whose} · ${span}`],
              asOf: capital(boards('whose.asOf', { at })),
              day: localDayOf(asOf),
            }}
          >
            <div className={board.charts}>
              <StormCourse />
              <StormMap />
              <StormKinds />
              <StormGrid />
              <OldestOpen />
            </div>
          </PictureContext>
        )}
      </div>
    </StormContext>
  )
}

const capital = (words: string): string => `${words.charAt(0).toLocaleUpperCase()}${words.slice(1)}`

/** Why there is nothing yet. */
function NoReports({ storm }: { storm: Storm }) {
  const t = useTranslations('storm.empty')
  const format = useFormat()
  const { incident, asOf, isWholeCity } = storm
  return (
    <EmptyState icon={CloudLightning} title={t('title')}>
      {incident.startsAt > asOf
        ? t('planned', { at: format.dateTime(incident.startsAt) })
        : t(isWholeCity ? 'sentence' : 'part')}
    </EmptyState>
  )
}
