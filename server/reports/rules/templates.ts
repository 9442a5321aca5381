import { needsAnswer, type RejectReason } from './lifecycle.ts'
import type { TemplateUse } from './parts.ts'

/** The reason that a template may be the standard words of: those to a citizen who is answered, in a rejection. */
export const standardReason = <Reason extends RejectReason | null>(use: TemplateUse, reason: Reason): Reason | null =>
  use === 'reject' && reason !== null && needsAnswer(reason) ? reason : null

/** What a template may name; each is written `{{code}}` in its text. */
export const templateVariables = ['code', 'title', 'agency', 'address', 'due'] as const
export type TemplateVariable = (typeof templateVariables)[number]
export type TemplateValues = Readonly<Record<TemplateVariable, string | null>>

const mark = /\{\{\s*([\p{L}\d_]*)\s*\}\}/gu

const isVariable = (name: string): name is TemplateVariable => (templateVariables as readonly string[]).includes(name)

/**
 * The text with its variables filled in. What has no value yet stays as it is written, so that whoever sends the answer
 * sees the gap; values are put in as they are and never read for variables themselves.
 */
export function renderTemplate(body: string, values: TemplateValues): string {
  return body.replace(mark, (written, name: string) => (isVariable(name) ? values[name] || written : written))
}

/** An address shorter than that may be any word of a sentence. */
const shortestAddress = 5

/**
 * What was once said of one report, as it may be said of another: its code, address and agency, and its title where
 * that is quoted, are variables again, so that nobody reads in an answer of his where somebody else's report was.
 */
export function asTemplate(text: string, { code, title, agency, address }: Omit<TemplateValues, 'due'>): string {
  const quoted = title ? [`“${title}”`, `"${title}"`, `«${title}»`].map((words) => [words, '“{{title}}”'] as const) : []
  const particulars = [
    ...quoted,
    [code, '{{code}}'] as const,
    [address && address.length >= shortestAddress ? address : null, '{{address}}'] as const,
    [agency, '{{agency}}'] as const,
  ]
  return particulars.reduce((said, [words, variable]) => (words ? said.replaceAll(words, variable) : said), text)
}

/** What stands in double braces and is no variable: a typing mistake that would reach the citizen. */
export const unknownVariables = (body: string): string[] => variablesBeside(body, templateVariables)

/** The variables of a text that are not among these. */
export function variablesBeside(body: string, known: readonly string[]): string[] {
  const names = [...body.matchAll(mark)].map(([, name = '']) => name)
  return [...new Set(names.filter((name) => !known.includes(name)))]
}

/** What an answer to all the reports of an incident may name beside: where the report is, what it belongs to. */
export const batchVariables = ['code', 'title', 'agency', 'address', 'area', 'incident', 'received'] as const
export type BatchValues = Readonly<Record<(typeof batchVariables)[number], string | null>>

/** What the city's notice may name beside: what every report has. */
export const noticeVariables = ['code', 'title', 'incident', 'received'] as const

/** As `renderTemplate`, with the variables of a batch. */
export function renderForBatch(body: string, values: BatchValues): string {
  const known: Readonly<Record<string, string | null>> = values
  return body.replace(mark, (written, name: string) => known[name] || written)
}

/** Whether a rendered text still has gaps to fill by hand. */
export const hasGaps = (text: string): boolean => text.search(mark) !== -1
