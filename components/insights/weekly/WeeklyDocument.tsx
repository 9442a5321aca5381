'use client'

import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { Point, Weekly } from '#server/insights/rules/weekly.ts'
import {
  agencyMark,
  figureMark,
  pointMark,
  type WeeklyMark,
  weeklyMarkAddress,
} from '#server/insights/rules/weekly-marks.ts'
import { documentDate, type Say, weeklyWords } from '#server/insights/rules/weekly-words.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import styles from './WeeklyDocument.module.css'

type Props = { weekly: Weekly; today: LocalDay; mayOpen: boolean }

/**
 * The report in the form in which an office sends it to its leadership: whose it is, the result in a few sentences,
 * then the details.
 */
export function WeeklyDocument({ weekly, today, mayOpen }: Props) {
  const t = useTranslations('weekly')
  // The texts take whole keys, so that the mail can say the same with a different translator.
  const say = useTranslations() as unknown as Say
  const locale = useLocale()
  const words = weeklyWords(weekly, say, locale)
  const { header } = weekly
  const isCity = header.names.agency === null && header.scope.all
  const hrefOf = (mark: WeeklyMark | null) => (mayOpen && mark ? weeklyMarkAddress(header, mark) : null)
  const placeAndDate = documentDate(today, locale)
  const heading = (name: (typeof sections)[number]) => `${roman[sections.indexOf(name)]}. ${words.sections[name]}`
  return (
    <article className={styles.sheet} aria-label={t('page.document')}>
      <header className={styles.head}>
        <div className={styles.issuer}>
          <p data-strong={isCity || undefined}>{t('office')}</p>
          {!isCity && <p data-strong>{words.whose}</p>}
        </div>
        <div className={styles.nation}>
          <p data-strong>{t('nation')}</p>
          <p className={styles.motto}>{t('motto')}</p>
        </div>
        <p className={styles.date}>{t('placeAndDate', placeAndDate)}</p>
      </header>
      <div className={styles.title}>
        <h2>{words.title}</h2>
        <p className={styles.about}>{words.about}</p>
        <p className={styles.extract}>{words.extract}</p>
        <p className={styles.period}>
          {words.period}
          {words.compared && <span>, {words.compared}</span>}
        </p>
      </div>
      <p className={styles.headline}>{words.headline.join(' ')}</p>
      {words.coordinated && <p className={styles.period}>{words.coordinated}</p>}

      <Section title={heading('figures')}>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('columns.kpi')}</th>
                <th scope="col">{words.columns.now}</th>
                <th scope="col">{words.columns.before}</th>
                <th scope="col">{t('columns.change')}</th>
                <th scope="col">{t('columns.target')}</th>
              </tr>
            </thead>
            <tbody>
              {words.figures.map(({ id, name, value, of, before, change, target, aim, matured }) => (
                <tr key={id}>
                  <th scope="row">{name}</th>
                  <td>
                    <DrillLink
                      className={styles.figure}
                      href={weekly.figures[id].value === null ? null : hrefOf(figureMark(weekly.figures[id]))}
                    >
                      {value}
                    </DrillLink>
                    {of && <span className={styles.of}>{of}</span>}
                  </td>
                  <td>{before}</td>
                  <td className={styles.change} data-verdict={change.verdict ?? undefined}>
                    {change.text}
                    {change.said && <span className={styles.of}>{change.said}</span>}
                  </td>
                  <td>
                    {target}
                    {[matured, aim].map(
                      (said) =>
                        said && (
                          <span key={said} className={styles.of}>
                            {said}
                          </span>
                        ),
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>

      <Section title={heading('agencies')}>
        <p>{words.agencies.note}</p>
        {words.agencies.named.length > 0 && (
          <ul className={styles.points}>
            {words.agencies.named.map(({ id, due, name, standing, text }) => (
              <li key={id} className={styles.change} data-verdict={standing}>
                <strong>{name}</strong> <PointLink href={hrefOf(agencyMark({ id, due }))}>{text}</PointLink>
              </li>
            ))}
          </ul>
        )}
      </Section>

      <Section title={heading('points')}>
        {words.points.length === 0 ? (
          <p>{words.noPoints}</p>
        ) : (
          <ol className={styles.points}>
            {words.points.map(({ head, text }, place) => {
              const point = weekly.points[place] as Point
              return (
                <li key={point.kind}>
                  <strong>{head}.</strong>{' '}
                  {point.kind === 'oldest' ? (
                    <PointLink href={mayOpen ? `/reports/${point.code}` : null}>{text}</PointLink>
                  ) : (
                    <PointLink href={hrefOf(pointMark(point))}>{text}</PointLink>
                  )}
                </li>
              )
            })}
          </ol>
        )}
      </Section>

      {words.storms.length > 0 && (
        <Section title={heading('storm')}>
          {words.storms.map(({ name, facts, note }, place) => (
            <div key={weekly.storms[place]?.incident.id} className={styles.storm}>
              <h4>
                <Link href={`/incidents/${weekly.storms[place]?.incident.id}`}>{name}</Link>
              </h4>
              <dl>
                {facts.map(({ label, value }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
              <p className={styles.note}>{note}</p>
            </div>
          ))}
        </Section>
      )}

      <footer className={styles.sources}>
        {words.sources.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </footer>
    </article>
  )
}

const sections = ['figures', 'agencies', 'points', 'storm'] as const
const roman = ['I', 'II', 'III', 'IV']

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function PointLink({ href, children }: { href: string | null; children: string }) {
  return (
    <DrillLink className={styles.point} href={href}>
      {children}
    </DrillLink>
  )
}
