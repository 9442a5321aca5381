'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { countsWithin, isGoingOn, lengthFor, type StormStep, stepsOf } from '#server/insights/rules/storm-steps.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { PlayBar } from './PlayBar.tsx'
import styles from './StormCards.module.css'
import { instants, useStorm } from './storm-context.ts'
import { usePlaying } from './use-playing.ts'
import { useStepWords } from './use-step-words.ts'

const AreaMap = dynamic(() => import('../chart/AreaMap.tsx').then((map) => map.AreaMap), {
  ssr: false,
  loading: () => <Skeleton height={440} />,
})

/** All up to a moment, what happened in one step, or what is open now. */
const views = ['sofar', 'step', 'open'] as const
type View = (typeof views)[number]

/** Where the storm struck, over time. */
export function StormMap() {
  const t = useTranslations('storm.map')
  const { storm, words, hrefOf } = useStorm()
  const [view, setView] = useState<View>('sofar')
  const until = isGoingOn(storm) ? storm.asOf : null
  const length = lengthFor(storm, until, 60)
  const { longOf, untilOf } = useStepWords(length)
  const steps = stepsOf(storm, until, length)
  const playing = usePlaying(steps.length)
  const { stepBy, toggle } = playing
  const step = steps[playing.at]
  const isPlayable = view !== 'open'
  useCommands(
    'board',
    {
      'board.play': () => (isPlayable ? toggle() : false),
      'board.stepBack': () => (isPlayable ? stepBy(-1) : false),
      'board.stepOn': () => (isPlayable ? stepBy(1) : false),
    },
    { active: steps.length > 1 },
  )
  if (!step) return null
  const first = steps[0] ?? step
  const shown = view === 'sofar' ? { from: first.from, to: step.to } : step
  const counts = countsWithin(storm, shown.from, shown.to, 'area')
  const when = view === 'open' ? t('now') : view === 'sofar' ? untilOf(step) : longOf(step)
  const figureOf = ({ id, open }: (typeof storm.areas)[number]) => {
    const value = view === 'open' ? open : (counts.get(id) ?? 0)
    const by = { area: id ?? ('none' as const) }
    const href =
      view === 'open'
        ? hrefOf(value, 'still_open', by)
        : hrefOf(value, 'received', { ...by, happened: instants(shown) })
    return { value, text: words.number(value), href }
  }
  return (
    <ChartCard
      id="storm-map"
      span={7}
      title={t(`titles.${view}`)}
      unit={when}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'shown', label: t(`views.${view}`) },
          ...(['total', 'handled'] as const).map((key) => ({ key, label: t(key) })),
          ...(view === 'open' ? [] : [{ key: 'open', label: t('open') }]),
        ],
        rows: storm.areas.map((area) => {
          const { id, name, total, open, handled } = area
          const by = { area: id ?? ('none' as const) }
          return {
            key: String(id),
            heading: id === null ? t('none') : name,
            cells: [
              figureOf(area),
              { text: words.number(total), href: hrefOf(total, 'received', by) },
              { text: words.number(handled), href: hrefOf(handled, 'handled', by) },
              ...(view === 'open' ? [] : [{ text: words.number(open), href: hrefOf(open, 'still_open', by) }]),
            ],
          }
        }),
      }}
      controls={
        <SelectInput
          className={styles.choice}
          aria-label={t('view')}
          value={view}
          onChange={(event) => setView(views.find((each) => each === event.target.value) ?? 'sofar')}
        >
          {views.map((each) => (
            <option key={each} value={each}>
              {t(`views.${each}`)}
            </option>
          ))}
        </SelectInput>
      }
      foot={<NoArea />}
    >
      <AreaMap
        label={t(`titles.${view}`)}
        boundOf={words.number}
        scaleOf={scaleOf(view, storm, steps)}
        figures={storm.areas.flatMap((area) => {
          const { value, ...figure } = figureOf(area)
          return area.id === null
            ? []
            : // Zero has no colour, not the palest.
              [{ areaId: area.id, name: area.name, value: value === 0 ? null : value, ...figure }]
        })}
      />
      {isPlayable && steps.length > 1 && (
        <PlayBar playing={playing} counts={steps.map(({ count }) => count)} words={when} />
      )}
    </ChartCard>
  )
}

/** The same depth of colour means the same number in every step, or the course could not be read. */
function scaleOf(view: View, storm: ReturnType<typeof useStorm>['storm'], steps: readonly StormStep[]): number[] {
  if (view === 'sofar') return storm.areas.map(({ total }) => total)
  if (view === 'open') return storm.areas.flatMap(({ open }) => (open > 0 ? [open] : []))
  return steps.flatMap(({ from, to }) => [...countsWithin(storm, from, to, 'area').values()])
}

/** Reports of no known commune are not on the map. */
function NoArea() {
  const t = useTranslations('storm.map')
  const { storm } = useStorm()
  const lost = storm.areas.find(({ id }) => id === null)
  return lost ? t('notOnMap', { count: lost.total }) : null
}
