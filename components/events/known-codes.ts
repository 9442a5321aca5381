import type { DetailField, nestedFields } from '#server/events/rules/detail-fields.ts'

export type Field = DetailField | (typeof nestedFields)[number]
export type Words = Readonly<Record<string, string>>
type Messages = Readonly<Record<string, unknown>>

/** The list of words for the codes of a field, where the same code means something else in another field. */
export const vocabularyOf: Partial<Record<Field, string>> = {
  alertEnding: 'bulletins.alertPanel.ending',
  audience: 'reports.queue.saved.audiences',
  corrected: 'deliveries.contacts',
  decision: 'events.names.report',
  deed: 'bulk.actions',
  edition: 'mailings.form.editions',
  failure: 'deliveries.failures',
  lastFailure: 'webhooks.failures',
  hidden: 'reports.queue.columns.names',
  kpi: 'insights.kpis',
  kinds: 'webhooks.kinds',
  order: 'reports.queue.columns.names',
  permissions: 'integrations.permissions',
  purpose: 'disclosures.purposes',
  risk: 'today.risks.kinds',
  step: 'notifications.kinds',
  tag: 'board.annotations.tags',
  through: 'deliveries.channels',
  told: 'deliveries.kinds',
}

/** Lists whose codes may occur in any other field, in the order in which they are searched. */
const vocabularies = [
  'reports.states',
  'reports.severities',
  'reports.channels',
  'reports.ratings',
  'reports.rejectReasons',
  'reports.outcomes',
  'incidents.kinds',
  'calendars.kinds',
  'calendars.statuses',
  'admin.templates.uses',
  'accounts.roles',
  'events.words',
  'reports.export.columns',
  'sheets.cards',
  'mailings.form.locales',
  'mailings.errors',
  'bulletins.states',
  'bulletins.kinds',
  'matching.subTypes',
  'jobs.names',
  'deliveries.channels',
  'refusals',
] as const

const listAt = (messages: Messages, path: string): Messages =>
  path.split('.').reduce<Messages>((at, key) => (at?.[key] ?? {}) as Messages, messages)

/** Some lists have for each code a name among other words. */
const wordsIn = (entry: unknown): string | undefined =>
  typeof entry === 'string' ? entry : ((entry as { name?: string } | undefined)?.name ?? undefined)

/** The words of a code in a field; undefined where it is none. `messages`: as far as the page has them. */
export function codesIn(messages: Messages): (field: string, code: string) => string | undefined {
  const known = new Map<string, string>()
  for (const path of vocabularies) {
    for (const [code, words] of Object.entries(listAt(messages, path))) {
      // A sentence with a blank in it says nothing without its values.
      if (typeof words === 'string' && !words.includes('{') && !known.has(code)) known.set(code, words)
    }
  }
  return (field, code) => {
    const own = vocabularyOf[field as Field]
    return (own && wordsIn(listAt(messages, `${own}.${code}`))) ?? known.get(code)
  }
}

/** The words of a field; those of the family of the event come first: the position of an account is no order. */
export function fieldsIn(messages: Messages): (field: string, family?: string) => string {
  const words = listAt(messages, 'events.fields')
  return (field, family) => {
    const own = family ? listAt(messages, `events.ofFamily.${family}`)[field] : undefined
    return String(own ?? words[field] ?? field)
  }
}
