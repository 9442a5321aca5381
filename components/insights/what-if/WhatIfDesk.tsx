'use client'

import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import {
  presentScenario,
  type Scenario,
  simulatorOf,
  type WhatIfAddress,
  weeksAhead,
  whatIfAddress,
} from '#server/insights/rules/what-if/scenario.ts'
import { type WhatIf, widestFit } from '#server/insights/rules/what-if/what-if.ts'
import { usePeriodWords } from '../use-period-words.ts'
import { RangeRow } from './RangeRow.tsx'
import { ScenarioForm } from './ScenarioForm.tsx'
import { useChanceWords } from './use-chance-words.ts'
import styles from './WhatIfDesk.module.css'

type Ready = Extract<WhatIf, { state: 'ready' }>
type Props = { ready: Ready; address: WhatIfAddress }

const rest = 250

/** The sliders, what comes of them beside what comes of leaving all as it is, and how far to trust both. */
export function WhatIfDesk({ ready, address }: Props) {
  const t = useTranslations('whatIf')
  const { model, calendar, from } = ready
  const present = presentScenario(model.people)
  const [scenario, setScenario] = useState<Scenario>({ ...address, people: address.people ?? model.people })
  const shown = useDeferredValue(scenario)
  const answer = useMemo(() => simulatorOf({ model, calendar, from }), [model, calendar, from])
  const { people, limits, hours, saturdays } = shown
  const now = useMemo(() => answer(presentScenario(model.people)), [answer, model.people])
  const then = useMemo(() => answer({ people, limits, hours, saturdays }), [answer, people, limits, hours, saturdays])
  const link = whatIfAddress({
    ...scenario,
    agency: address.agency,
    people: scenario.people === model.people ? null : scenario.people,
  })
  // While a slider moves the address rests: browsers limit how often it may change.
  useEffect(() => {
    const timer = setTimeout(() => window.history.replaceState(null, '', link), rest)
    return () => clearTimeout(timer)
  }, [link])

  const { chanceOf, changeOf } = useChanceWords(present)
  const isChanged = link !== whatIfAddress({ ...present, agency: address.agency, people: null })
  const fits = ready.check.result === 'fits'
  const greatest = Math.max(0.1, now?.high ?? 0, then?.high ?? 0)
  return (
    <div className={styles.desk}>
      {!fits && (
        <section className={styles.card} data-wide aria-label={t('trust.title')}>
          <Verdict ready={ready} />
        </section>
      )}
      <p className={styles.headline} data-modest={!fits} role="status">
        {now && then && isChanged
          ? t('headline.changed', {
              change: changeOf(shown),
              weeks: weeksAhead,
              after: chanceOf(then),
              now: chanceOf(now),
            })
          : t('headline.present', { weeks: weeksAhead, now: now ? chanceOf(now) : '–' })}
      </p>
      <section className={styles.card} aria-label={t('result.title')}>
        <h2 className={styles.title}>
          {t('result.title')} <span className={styles.unit}>{t('result.unit')}</span>
        </h2>
        <RangeRow label={t('result.now')} lateness={now} greatest={greatest} look="present" isModest={!fits} />
        <RangeRow label={t('result.then')} lateness={then} greatest={greatest} look="changed" isModest={!fits} />
        {then && then.busy > 1 && (
          <p className={styles.warning} role="alert">
            <CircleAlert size={16} aria-hidden="true" />
            {t('result.beyond')}
          </p>
        )}
      </section>
      <section className={styles.card} aria-label={t('sliders.title')}>
        <div className={styles.head}>
          <h2 className={styles.title}>{t('sliders.title')}</h2>
          <Button size="small" variant="quiet" disabled={!isChanged} onClick={() => setScenario(present)}>
            {t('sliders.reset')}
          </Button>
        </div>
        <ScenarioForm scenario={scenario} present={present} onChange={setScenario} />
      </section>
      <Trust ready={ready} />
    </div>
  )
}

/** How the simulation did in the quarter it did not know. Where it did not do well, this stands first. */
function Verdict({ ready: { model, check } }: { ready: Ready }) {
  const t = useTranslations('whatIf.trust')
  const { chanceOf, partOf, percentOf } = useChanceWords(presentScenario(model.people))
  const fits = check.result === 'fits'
  const Icon = fits ? CircleCheck : CircleAlert
  return (
    <>
      <p className={fits ? styles.fits : styles.warning} data-fits={fits}>
        <Icon size={16} aria-hidden="true" />
        {t(check.result, {
          predicted: chanceOf(check.predicted),
          actual: partOf(check.late, check.due),
          late: check.late,
          due: check.due,
        })}
      </p>
      {check.result !== 'fits' && (
        <p className={styles.note}>{t(`notes.${check.result}`, { widest: percentOf(widestFit) })}</p>
      )}
    </>
  )
}

/** What the simulation is made of, and how it did. */
function Trust({ ready }: { ready: Ready }) {
  const { model, check, weeks, reports } = ready
  const t = useTranslations('whatIf.trust')
  const format = useFormat()
  const { instantsOf } = usePeriodWords()
  const { percentOf } = useChanceWords(presentScenario(model.people))
  const perWeek = model.weeks.reduce((sum, week) => sum + week.length, 0) / model.weeks.length
  const all = model.weeks.flat()
  const minutes = all.reduce((sum, { work }) => sum + work, 0) / Math.max(1, all.length)
  const facts = ['people', 'perWeek', 'minutes', 'busy'] as const
  const values = {
    people: format.number(model.people),
    perWeek: format.number(Math.round(perWeek)),
    minutes: t('minutes', { count: Math.max(1, Math.round(minutes)) }),
    busy: percentOf(model.busy),
  }
  return (
    <section className={styles.card} data-wide aria-label={t('title')}>
      <h2 className={styles.title}>
        {t('title')} <span className={styles.unit}>{instantsOf(check.from, check.until)}</span>
      </h2>
      {check.result === 'fits' && <Verdict ready={ready} />}
      <p className={styles.note}>
        <Info size={16} aria-hidden="true" />
        {t(model.followsLoad ? 'followsLoad' : 'besidesLoad')}
      </p>
      <dl className={styles.facts}>
        {facts.map((fact) => (
          <div key={fact}>
            <dt>{t(`facts.${fact}`)}</dt>
            <dd>{values[fact]}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.method}>{t('method', { reports, weeks })}</p>
    </section>
  )
}
