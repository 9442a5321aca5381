/** The risks of the page of today that an agency owns, and about which its head is notified. */
export const ownedRisks = [
  'urgent_overdue',
  'urgent_today',
  'surge',
  'commitments_broken',
  'out_of_bounds',
  'commitments_today',
  'overdue',
  'due_today',
] as const
export type OwnedRisk = (typeof ownedRisks)[number]

/** Those that do not wait for the office hours of who is notified. */
export const isUrgentRisk = (kind: OwnedRisk): boolean => kind === 'urgent_overdue' || kind === 'urgent_today'
