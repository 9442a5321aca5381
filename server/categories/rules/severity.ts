/** How grave a report is: decides which limit of its category applies. */
export const severities = ['urgent', 'normal', 'complex'] as const
export type Severity = (typeof severities)[number]
