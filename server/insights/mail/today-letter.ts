import type { Letter } from '#server/platform/mail.ts'
import { isoInHanoi, localDayOf } from '#server/platform/rules/local-day.ts'
import { escapeHtml } from '#server/platform/rules/text.ts'
import type { Figured, Today } from '../queries/today.ts'
import { coordinatedWords } from '../rules/coordinated.ts'
import { missingTo } from '../rules/judged.ts'
import { foldedRisks, todayAddress } from '../rules/today.ts'
import { type TodayWords, todayWords } from '../rules/today-words.ts'
import { dayOf, type Say, type WeeklyLocale, weekdayName } from '../rules/weekly-words.ts'
import { html, letterHtml } from './letter-html.ts'
import { sayIn } from './weekly-letter.ts'

type Told = {
  whose: string
  when: string
  headline: string
  coordinated: string
  sections: Record<'changes' | 'risks' | 'figures', string>
  changes: { head: string; line: string }[]
  /** Said where no change is told. */
  noChanges: string
  risks: {
    rank: number
    kind: string
    what: string
    detail: string
    owners: string
    action: string
    href: string | null
  }[]
  /** Said where no risk is told, or of those that are not. */
  riskNote: string
  figures: { name: string; value: string; beside: string }[]
  onTime: string
  link: string | null
  open: string
  why: string
}

/** The page of the morning as a letter: HTML, and plain text as the alternative. Without an address it has no links. */
export function todayLetter(today: Today, locale: WeeklyLocale, appUrl: URL | undefined): Omit<Letter, 'to' | 'key'> {
  const say = sayIn(locale)
  const told = toldOf(today, say, locale, appUrl)
  return {
    senderName: say('weekly.letter.sender'),
    subject: say('today.letter.subject', { whose: told.whose, day: dayOf(localDayOf(today.asOf)) }),
    text: textOf(told),
    html: htmlOf(told, say('today.title'), locale),
    attachments: [],
  }
}

function toldOf(today: Today, say: Say, locale: WeeklyLocale, appUrl: URL | undefined): Told {
  const { asOf, agency, changes, headline, risks, onTime, figures, week } = today
  const day = localDayOf(asOf)
  const words = todayWords(say, locale, day, week.minutesPerDay)
  const linkTo = (address: string) => (appUrl ? new URL(address, appUrl).href : null)
  const { shown, folded } = foldedRisks(risks)
  return {
    whose: agency?.name ?? say('today.whole'),
    when: `${weekdayName(day, locale)}, ${dayOf(day)}, ${say('today.at', { time: isoInHanoi(asOf).slice(11, 16) })}`,
    headline: words
      .headlineOf(headline, agency === null)
      .map(({ text }) => text)
      .join(''),
    coordinated: today.coordinated ? coordinatedWords(today.coordinated, say) : '',
    sections: {
      changes: `${say('today.changes.title')}: ${say('today.changes.span')}`,
      risks: say('today.risks.title'),
      figures: `${say('today.figures.title')}: ${say('today.figures.span')}`,
    },
    changes: changes.told.map(words.changeOf),
    noChanges: changes.told.length > 0 ? '' : words.untoldOf(changes),
    risks: shown.map(({ risk, rank }) => ({
      rank,
      kind: say(`today.risks.kinds.${risk.kind}`),
      what: words.whatOf(risk),
      detail: words.detailOf(risk),
      owners: words.ownersOf(risk) ?? say('today.risks.noOwner'),
      action: words.actionOf(risk),
      href: linkTo(risk.href),
    })),
    riskNote:
      risks.length === 0
        ? say('today.risks.none')
        : folded.length > 0
          ? say('today.letter.more', { count: folded.length })
          : '',
    figures: figures.map((figured) => figureOf(figured, say, words)),
    onTime: onTimeOf(onTime, say, words),
    link: linkTo(todayAddress(agency?.id ?? null)),
    open: say('today.letter.open'),
    why: say('today.letter.why'),
  }
}

function figureOf({ kpi }: Figured, say: Say, words: TodayWords) {
  const { before, said } = words.beforeOf(kpi)
  return {
    name: say(`insights.kpis.${kpi.id}.name`),
    value: words.textOf(kpi) ?? words.missingOf(kpi),
    beside: [before, said].filter(Boolean).join(', '),
  }
}

function onTimeOf({ kpi }: Figured, say: Say, words: TodayWords): string {
  if (kpi.value === null) return say('today.onTime.none')
  const { numerator: kept, denominator, judged } = kpi
  const missing = missingTo(kpi)
  const aim = judged ? [say('today.onTime.target', { target: words.targetOf(judged.target) })] : []
  const gap =
    missing === null
      ? []
      : [missing > 0 ? say('today.onTime.missing', { count: missing }) : say('today.onTime.reached')]
  const of = say('today.onTime.of', { kept, due: denominator ?? 0 })
  return `${say('today.onTime.title')}: ${words.figureOf(kpi, 'share')}; ${[of, ...aim, ...gap].join(', ')}.`
}

const given = (text: string): string[] => (text === '' ? [] : [text])

const textOf = (told: Told): string =>
  [
    told.whose.toUpperCase(),
    told.when,
    '',
    told.headline,
    ...given(told.coordinated),
    ...(told.link ? ['', `${told.open}: ${told.link}`] : []),
    `\n${told.sections.changes.toUpperCase()}`,
    ...told.changes.map(({ head, line }) => `- ${head} ${line}`),
    ...given(told.noChanges),
    `\n${told.sections.risks.toUpperCase()}`,
    ...told.risks.flatMap(({ rank, kind, what, detail, owners, action, href }) => [
      `${rank}. ${kind}: ${what}`,
      `   ${[detail, owners].filter(Boolean).join('; ')}`,
      ...(href ? [`   ${action}: ${href}`] : []),
    ]),
    ...given(told.riskNote),
    `\n${told.sections.figures.toUpperCase()}`,
    ...told.figures.map(({ name, value, beside }) => `- ${name}: ${[value, beside].filter(Boolean).join('; ')}`),
    told.onTime,
    '',
    told.why,
    '',
  ].join('\n')

function htmlOf(told: Told, title: string, locale: WeeklyLocale): string {
  const e = escapeHtml
  const { heading, quiet, table, td } = html
  const listed = (tag: 'ol' | 'ul', items: readonly string[]) =>
    items.length === 0 ? '' : `<${tag} style="margin:0;padding-left:22px">${items.join('')}</${tag}>`
  const item = (content: string, rank?: number) =>
    `<li${rank === undefined ? '' : ` value="${rank}"`} style="margin:6px 0">${content}</li>`
  const body = [
    ...given(told.coordinated).map(quiet),
    heading(told.sections.changes),
    listed(
      'ul',
      told.changes.map(({ head, line }) => item(`<b>${e(head)}</b> ${e(line)}`)),
    ),
    ...given(told.noChanges).map(quiet),
    heading(told.sections.risks),
    listed(
      'ol',
      told.risks.map(({ rank, kind, what, detail, owners, action, href }) =>
        item(
          [
            `<b>${e(`${kind}: ${what}`)}</b>`,
            e([detail, owners].filter(Boolean).join('; ')),
            ...(href ? [`<a href="${e(href)}" style="color:#0b5fa5">${e(action)}</a>`] : []),
          ].join('<br>'),
          rank,
        ),
      ),
    ),
    ...given(told.riskNote).map(quiet),
    heading(told.sections.figures),
    table(
      '',
      told.figures.map(
        ({ name, value, beside }) => td(name, 'left') + td(value, 'right', 'font-weight:bold') + td(beside, 'left'),
      ),
    ),
    `<p>${e(told.onTime)}</p>`,
  ].join('\n')
  return letterHtml({
    locale,
    title,
    over: told.whose,
    under: told.when,
    headline: told.headline,
    link: told.link === null ? null : { href: told.link, words: told.open },
    body,
    notes: [told.why],
  })
}
