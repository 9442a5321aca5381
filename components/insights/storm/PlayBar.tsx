'use client'

import { Pause, Play, StepBack, StepForward } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '#components/ui/IconButton.tsx'
import { SliderInput } from '#components/ui/SliderInput.tsx'
import styles from './PlayBar.module.css'
import type { Playing } from './use-playing.ts'

type Props = {
  playing: Playing
  /** How much happened in each step. */
  counts: readonly number[]
  /** The step that is shown, as text. */
  words: string
}

/** Plays a course, and steps through it; below the bars of its steps a slider that the arrow keys move. */
export function PlayBar({ playing, counts, words }: Props) {
  const t = useTranslations('storm.play')
  const { at, last, isPlaying, goTo, stepBy, toggle } = playing
  const greatest = Math.max(1, ...counts)
  return (
    <div className={styles.bar} data-screen-only>
      <div className={styles.buttons}>
        <IconButton size="small" label={t('back')} command="board.stepBack" onClick={() => stepBy(-1)}>
          <StepBack />
        </IconButton>
        <IconButton size="small" label={t(isPlaying ? 'pause' : 'play')} command="board.play" onClick={toggle}>
          {isPlaying ? <Pause /> : <Play />}
        </IconButton>
        <IconButton size="small" label={t('on')} command="board.stepOn" onClick={() => stepBy(1)}>
          <StepForward />
        </IconButton>
      </div>
      <div className={styles.course}>
        <div className={styles.steps} aria-hidden="true">
          {counts.map((count, step) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is identified by its index
              key={step}
              className={styles.step}
              data-past={step <= at || undefined}
              style={{ height: `${(count / greatest) * 100}%` }}
            />
          ))}
        </div>
        <SliderInput
          min={0}
          max={last}
          value={at}
          aria-label={t('slider')}
          aria-valuetext={words}
          onChange={(event) => goTo(Number(event.target.value))}
        />
      </div>
    </div>
  )
}
