import type { AfterAction } from '#server/after-action/queries/after-action.ts'
import type { ExportedReport } from '#server/after-action/queries/exported-reports.ts'
import { reportsCsv } from '#server/after-action/reports-csv.ts'
import type { Letter } from '#server/platform/mail.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { csvOfSheets, fileTypes, workbookOf } from '#server/platform/sheets.ts'
import type { Attachment } from '../rules/mailing.ts'
import type { WeeklyLocale } from '../rules/weekly-words.ts'
import { afterSheets } from './after-sheets.ts'
import { afterWords } from './after-words.ts'
import { html, letterHtml } from './letter-html.ts'
import { headerOf, sayIn } from './weekly-letter.ts'

type Wanted = {
  came: AfterAction
  reports: readonly ExportedReport[]
  isWholeCity: boolean
  locale: WeeklyLocale
  /** The name of the mailing. */
  name: string
  isTest: boolean
  attachments: readonly Attachment[]
  appUrl: URL | undefined
}

/** The after-action page of an incident as a letter: its figures, and attached the tables and its reports. */
export async function afterLetter(wanted: Wanted): Promise<Omit<Letter, 'to' | 'key'>> {
  const { came, reports, locale, name, isTest, attachments, appUrl } = wanted
  const say = sayIn(locale)
  const words = afterWords(came, wanted.isWholeCity, say, locale)
  const link = appUrl ? new URL(`/incidents/${came.incident.id}/after-action`, appUrl).href : null
  const open = say('mailings.after.open')
  const why = say('weekly.letter.why', { name })
  const sections = [
    { title: words.kinds.title, rows: words.kinds.rows },
    { title: words.areas.title, rows: words.areas.rows },
  ]
  const tableOf = (rows: readonly { label: string; value: string; note?: string }[]) =>
    html.table(
      '',
      rows.map(
        ({ label, value, note }) =>
          html.td(label, 'left') + html.td([value, note && `(${note})`].filter(Boolean).join(' ')),
      ),
    )
  const day = localDayOf(came.incident.closedAt ?? came.asOf)
  const fileOf = (what: 'file' | 'reportsFile', kind: Attachment) => `${say(`mailings.after.${what}`)}-${day}.${kind}`
  const sheets = attachments.length > 0 ? afterSheets(came, reports, words, say, locale) : []
  return {
    senderName: say('weekly.letter.sender'),
    subject: isTest ? say('weekly.letter.testSubject', { title: words.title }) : words.title,
    text: [
      words.title.toUpperCase(),
      words.span,
      '',
      words.headline,
      ...[{ title: words.figures.title, rows: words.figures.rows }, ...sections].flatMap(({ title, rows }) => [
        `\n${title.toUpperCase()}`,
        ...rows.map(({ label, value, note }) => `- ${label}: ${value}${note ? ` (${note})` : ''}`),
      ]),
      '',
      words.note,
      ...(link ? ['', `${open}: ${link}`] : []),
      '',
      why,
      '',
    ].join('\n'),
    html: letterHtml({
      locale,
      title: words.title,
      over: words.kind,
      under: words.span,
      headline: words.headline,
      link: link === null ? null : { href: link, words: open },
      body: `${html.heading(words.figures.title)}${tableOf(words.figures.rows)}${sections
        .map(({ title, rows }) => html.heading(title) + tableOf(rows))
        .join('')}`,
      notes: [words.note, why],
    }),
    attachments: (
      await Promise.all(
        attachments.map(async (kind) =>
          kind === 'xlsx'
            ? [{ filename: fileOf('file', kind), content: await workbookOf(sheets), contentType: fileTypes.xlsx }]
            : [
                {
                  filename: fileOf('file', kind),
                  // The reports are a separate table, as in the export from the page.
                  content: Buffer.from(csvOfSheets(sheets.slice(0, -1), headerOf(say))),
                  contentType: fileTypes.csv,
                },
                {
                  filename: fileOf('reportsFile', kind),
                  content: Buffer.from(reportsCsv(reports, locale)),
                  contentType: fileTypes.csv,
                },
              ],
        ),
      )
    ).flat(),
  }
}
