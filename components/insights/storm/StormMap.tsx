'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { type MapView, mapMarks, mapViews, partMarks, partOfArea } from '#server/insights/rules/storm-marks.ts'
import { countsWithin, lengthIn, type StormStep, stepsIn } from '#server/insights/rules/storm-steps.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { countClasses, wholeNumbers } from '../chart/heat.ts'
import { PlayBar } from './PlayBar.tsx'
import styles from './StormCards.module.css'
import { useStorm } from './storm-context.ts'
import { usePlaying } from './use-playing.ts'
import { useStepWords } from './use-step-words.ts'

const AreaMap = dynamic(() => import('../chart/AreaMap.tsx').then((map) => map.AreaMap), {
  ssr: false,
  loading: () => <Skeleton height={440} />,
})

/** Where the storm struck, over time. */
export function StormMap() {
  const t = useTranslations('storm.map')
  const { storm, words, shownOf } = useStorm()
  const [view, setView] = useState<MapView>('sofar')
  const { longOf, untilOf } = useStepWords(lengthIn(storm, 'map'))
  const steps = stepsIn(storm, 'map')
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
  const when = view === 'open' ? t('now') : view === 'sofar' ? untilOf(step) : longOf(step)
  const figures = mapMarks(storm, view, steps, playing.at)
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
        rows: figures.map(({ area, mark }) => {
          const { total, handled, open } = partMarks(partOfArea(area), area)
          return {
            key: String(area.id),
            heading: area.id === null ? t('none') : area.name,
            cells: [mark, total, handled, ...(view === 'open' ? [] : [open])].map(shownOf),
          }
        }),
      }}
      controls={
        <SelectInput
          className={styles.choice}
          aria-label={t('view')}
          value={view}
          onChange={(event) => setView(mapViews.find((each) => each === event.target.value) ?? 'sofar')}
        >
          {mapViews.map((each) => (
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
        classes={countClasses(scaleOf(view, storm, steps))}
        nameOf={(each) => wholeNumbers(each, words.number)}
        figures={figures.flatMap(({ area: { id, name }, mark }) =>
          id === null
            ? []
            : // Zero has no colour, not the palest.
              [{ areaId: id, name, value: mark.count === 0 ? null : mark.count, ...shownOf(mark) }],
        )}
      />
      {isPlayable && steps.length > 1 && (
        <PlayBar playing={playing} counts={steps.map(({ count }) => count)} words={when} />
      )}
    </ChartCard>
  )
}

/**
 * The same depth of colour means the same number in every step, or the course could not be read. Reports of no known
 * commune are not on the map, and their number takes no depth from it.
 */
function scaleOf(view: MapView, storm: ReturnType<typeof useStorm>['storm'], steps: readonly StormStep[]): number[] {
  const known = storm.areas.filter(({ id }) => id !== null)
  if (view === 'sofar') return known.map(({ total }) => total)
  if (view === 'open') return known.flatMap(({ open }) => (open > 0 ? [open] : []))
  return steps.flatMap(({ from, to }) =>
    [...countsWithin(storm, from, to, 'area')].flatMap(([area, count]) => (area === null ? [] : [count])),
  )
}

/** Reports of no known commune are not on the map. */
function NoArea() {
  const t = useTranslations('storm.map')
  const { storm } = useStorm()
  const lost = storm.areas.find(({ id }) => id === null)
  return lost ? t('notOnMap', { count: lost.total }) : null
}
