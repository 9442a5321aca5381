'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { isGoingOn, lengthFor, stepsOf } from '#server/insights/rules/storm-steps.ts'
import { useStorm } from '../storm/storm-context.ts'
import { useStepWords } from '../storm/use-step-words.ts'
import styles from './Wall.module.css'

/** Two days of a storm in progress; the whole of one that is over. */
const mostSteps = 48
const everyLabel = 6

/** Received reports, step by step, up to now. */
export function WallHours() {
  const t = useTranslations('storm.wall')
  const { storm } = useStorm()
  const id = useId()
  const isOn = isGoingOn(storm)
  const length = isOn ? 1 : lengthFor(storm, null, mostSteps)
  const { shortOf, longOf } = useStepWords(length)
  const steps = stepsOf(storm, isOn ? storm.asOf : null, length).slice(-mostSteps)
  const greatest = Math.max(1, ...steps.map(({ count }) => count))
  return (
    <>
      <h2 className={styles.heading} id={id}>
        {t('hoursStep', { count: length })}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls sideways, also by keys */}
      <section className={styles.steps} aria-labelledby={id} tabIndex={0}>
        <ol className={styles.hours}>
          {steps.map((step, at) => (
            <li
              key={step.from.getTime()}
              className={styles.hour}
              aria-label={t('column', { step: longOf(step), count: step.count })}
            >
              <span className={styles.column} aria-hidden="true">
                <span className={styles.count}>{step.count > 0 && step.count}</span>
                <span className={styles.bar} style={{ height: `${(step.count / greatest) * 100}%` }} />
              </span>
              <span className={styles.label} aria-hidden="true">
                {at % everyLabel === 0 && shortOf(step)}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
