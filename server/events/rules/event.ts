export const actorKinds = ['staff', 'citizen', 'robot', 'import', 'api_client'] as const
export type ActorKind = (typeof actorKinds)[number]

export const subjectKinds = [
  'report',
  'account',
  'network',
  'agency',
  'calendar',
  'category',
  'incident',
  'bulletin',
  'annotation',
  'target',
  'export',
  'bulk',
  'mailing',
  'answer_template',
  'disclosure',
  'saved_view',
  'import',
  'api_client',
  'gateway',
  'webhook',
  'setting',
] as const
export type SubjectKind = (typeof subjectKinds)[number]

/** Events that record access to personal data. */
export const personalDataEvents: readonly string[] = ['report.reporter_revealed', 'export.reporters_made']

export const looksAtPersonalData = (event: string): boolean => personalDataEvents.includes(event)
