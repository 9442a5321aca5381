import { needsAnswer, type RejectReason } from './lifecycle.ts'
import type { StatedOutcome } from './outcome.ts'
import type { TemplateUse } from './parts.ts'

/**
 * The reason that a template may have as its standard text: only for rejections, and only reasons that require an
 * answer.
 */
export const standardReason = <Reason extends RejectReason | null>(use: TemplateUse, reason: Reason): Reason | null =>
  use === 'reject' && reason !== null && needsAnswer(reason) ? reason : null

/** The outcome that a template may come with: only an answer states one. */
export const usualOutcome = (use: TemplateUse, outcome: StatedOutcome | null): StatedOutcome | null =>
  use === 'answer' ? outcome : null

/** The variables of a template; each is written `{{code}}` in its text. */
export const templateVariables = ['code', 'title', 'agency', 'address', 'due'] as const
export type TemplateVariable = (typeof templateVariables)[number]
export type TemplateValues = Readonly<Record<TemplateVariable, string | null>>

const mark = /\{\{\s*([\p{L}\d_]*)\s*\}\}/gu

const isVariable = (name: string): name is TemplateVariable => (templateVariables as readonly string[]).includes(name)

/**
 * The text with its variables filled in. A variable without a value stays as it is written, so that the sender of the
 * answer sees the gap; values are inserted as they are and never parsed for variables.
 */
export function renderTemplate(body: string, values: TemplateValues): string {
  return body.replace(mark, (written, name: string) => (isVariable(name) ? values[name] || written : written))
}

/** A shorter address may be any word of a sentence. */
const shortestAddress = 5

/**
 * An answer to one report, made reusable for another: its code, address and agency, and its title where it is quoted,
 * become variables again, so that no one reads the place of another person's report in their answer.
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

/** Unknown names in double braces: typing mistakes that would reach the citizen. */
export const unknownVariables = (body: string): string[] => variablesBeside(body, templateVariables)

/** The variables of a text that are not among these. */
export function variablesBeside(body: string, known: readonly string[]): string[] {
  const names = [...body.matchAll(mark)].map(([, name = '']) => name)
  return [...new Set(names.filter((name) => !known.includes(name)))]
}

/** The variables of an answer to all the reports of an incident: also the area and the incident of the report. */
export const batchVariables = ['code', 'title', 'agency', 'address', 'area', 'incident', 'received'] as const
export type BatchValues = Readonly<Record<(typeof batchVariables)[number], string | null>>

/** The variables of the city's notice: only what every report has. */
export const noticeVariables = ['code', 'title', 'incident', 'received'] as const

/** As `renderTemplate`, with the variables of a batch. */
export function renderForBatch(body: string, values: BatchValues): string {
  const known: Readonly<Record<string, string | null>> = values
  return body.replace(mark, (written, name: string) => known[name] || written)
}

/** Whether a rendered text still has gaps to fill in manually. */
export const hasGaps = (text: string): boolean => text.search(mark) !== -1
