import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import { timeZone } from '#messages/locales.ts'
import type { Letter } from '#server/platform/mail.ts'
import { escapeHtml } from '#server/platform/rules/text.ts'
import { csvOfSheets, fileTypes, workbookOf } from '#server/platform/sheets.ts'
import { issuedAddress } from '../rules/issued.ts'
import type { Attachment } from '../rules/mailing.ts'
import type { Weekly } from '../rules/weekly.ts'
import { weeklyAddress } from '../rules/weekly-period.ts'
import { momentOf, type Say, type WeeklyLocale, type WeeklyWords, weeklyWords } from '../rules/weekly-words.ts'
import { html, letterHtml } from './letter-html.ts'
import { weeklySheets } from './weekly-sheets.ts'

type Wanted = {
  weekly: Weekly
  locale: WeeklyLocale
  /** The name of the mailing. */
  name: string
  isTest: boolean
  attachments: readonly Attachment[]
  /** The address of the desk; without it the letter has no link. */
  appUrl: URL | undefined
  /** The report as it is kept, which the letter opens; null: only the letter is sent. */
  issuedId: string | null
}

export function sayIn(locale: WeeklyLocale): Say {
  return createTranslator({ locale, messages: messagesOf(locale), timeZone }) as unknown as Say
}

/** The report as a letter: HTML, plain text as the alternative, and the tables attached. */
export async function weeklyLetter(wanted: Wanted): Promise<Omit<Letter, 'to' | 'key'>> {
  const { weekly, locale, name, isTest, attachments, appUrl, issuedId } = wanted
  const say = sayIn(locale)
  const words = weeklyWords(weekly, say, locale)
  const address = issuedId === null ? weeklyAddress(weekly.question) : issuedAddress(issuedId)
  const link = appUrl ? new URL(address, appUrl).href : null
  const title = `${words.title}: ${words.whose}, ${words.period}`
  const subject = isTest ? say('weekly.letter.testSubject', { title }) : title
  const why = say('weekly.letter.why', { name })
  const sheets = attachments.length > 0 ? weeklySheets(weekly, words, say) : []
  const file = `${say('weekly.letter.file')}-${weekly.header.fromDay}`
  return {
    senderName: say('weekly.letter.sender'),
    subject,
    text: textOf(words, say, link, why),
    html: htmlOf(words, say, locale, link, [why]),
    attachments: await Promise.all(
      attachments.map(async (kind) => ({
        filename: `${file}.${kind}`,
        content: kind === 'xlsx' ? await workbookOf(sheets) : Buffer.from(csvOfSheets(sheets, headerOf(say))),
        contentType: fileTypes[kind],
      })),
    ),
  }
}

/** The same report as a page for paper: without the letter around it, and with the moment of its issue. */
export function weeklyPaper(weekly: Weekly, locale: WeeklyLocale, issuedAt: Date): string {
  const say = sayIn(locale)
  const issued = say('weekly.letter.issued', { at: momentOf(issuedAt) })
  return htmlOf(weeklyWords(weekly, say, locale), say, locale, null, [issued])
}

export const headerOf = (say: Say) =>
  [
    say('weekly.sheets.sheet'),
    say('weekly.sheets.row'),
    say('weekly.sheets.column'),
    say('weekly.sheets.value'),
  ] as const

function textOf(words: WeeklyWords, say: Say, link: string | null, why: string): string {
  const heading = (key: keyof WeeklyWords['sections']) => `\n${words.sections[key].toUpperCase()}`
  return [
    words.title.toUpperCase(),
    words.whose,
    [words.period, words.compared].filter(Boolean).join(', '),
    words.extract,
    '',
    words.headline.join(' '),
    ...(words.coordinated ? [words.coordinated] : []),
    heading('figures'),
    ...words.figures.map(({ name, value, of, change, target, aim, matured }) =>
      [
        `- ${name}: ${value}`,
        matured && of,
        change.text !== '–' && change.text,
        change.said,
        matured,
        target !== '–' && targetText(target, say),
        aim,
      ]
        .filter(Boolean)
        .join('; '),
    ),
    heading('agencies'),
    words.agencies.note,
    ...words.agencies.named.map(({ name, text }) => `- ${name}: ${text}`),
    heading('points'),
    ...(words.points.length === 0 ? [words.noPoints] : []),
    ...words.points.map(({ head, text }, place) => `${place + 1}. ${head}. ${text}`),
    ...words.storms.flatMap(({ name, facts, note }) => [
      heading('storm'),
      name,
      ...facts.map(({ label, value }) => `- ${label}: ${value}`),
      note,
    ]),
    '',
    words.extract,
    ...words.sources,
    ...(link ? ['', `${say('weekly.letter.open')}: ${link}`] : []),
    '',
    why,
    '',
  ].join('\n')
}

const targetText = (target: string, say: Say) => `${say('weekly.columns.target').toLowerCase()} ${target}`

const plain = '#17212e'
const inks = { better: '#1b7347', worse: '#8a2a74', differs: plain, unclear: plain } as const

function htmlOf(
  words: WeeklyWords,
  say: Say,
  locale: WeeklyLocale,
  link: string | null,
  ends: readonly string[],
): string {
  const e = escapeHtml
  const { th, td, table, quiet } = html
  const heading = (key: keyof WeeklyWords['sections']) => html.heading(words.sections[key])
  const column = (key: string) => say(`weekly.columns.${key}`)
  const named = words.agencies.named.map(
    ({ name, text, standing }) =>
      `<li style="margin:6px 0"><b>${e(name)}</b> <span style="color:${standing === 'worse' ? inks.worse : inks.better}">${e(text)}</span></li>`,
  )
  const body = `${words.coordinated ? quiet(words.coordinated) : ''}${heading('figures')}${table(
    th(column('kpi'), 'left') +
      th(words.columns.now) +
      th(words.columns.before) +
      th(column('change')) +
      th(column('target')),
    words.figures.map(
      ({ name, value, of, before, change, target, aim, matured }) =>
        td(name, 'left') +
        td(matured ? `${value}; ${of}` : value, 'right', 'font-weight:bold') +
        td(before) +
        td(
          change.said ? `${change.text}, ${change.said}` : change.text,
          'right',
          `color:${change.verdict === null ? plain : inks[change.verdict]}`,
        ) +
        td([target, matured, aim].filter(Boolean).join('; ')),
    ),
  )}
${heading('agencies')}<p style="margin:0">${e(words.agencies.note)}</p>${named.length > 0 ? `<ul style="margin:0;padding-left:22px">${named.join('')}</ul>` : ''}
${heading('points')}${
  words.points.length === 0
    ? `<p>${e(words.noPoints)}</p>`
    : `<ol style="margin:0;padding-left:22px">${words.points.map(({ head, text }) => `<li style="margin:6px 0"><b>${e(head)}.</b> ${e(text)}</li>`).join('')}</ol>`
}
${words.storms
  .map(
    ({ name, facts, note }) =>
      `${heading('storm')}<p style="margin:0 0 6px"><b>${e(name)}</b></p>${table(
        facts.map(({ label }) => th(label)).join(''),
        [facts.map(({ value }) => td(value)).join('')],
      )}${quiet(note)}`,
  )
  .join('')}`
  return letterHtml({
    locale,
    title: words.title,
    over: words.whose,
    under: [words.period, words.compared].filter(Boolean).join(', '),
    headline: words.headline.join(' '),
    link: link === null ? null : { href: link, words: say('weekly.letter.open') },
    body,
    notes: [words.extract, ...words.sources, ...ends],
  })
}
