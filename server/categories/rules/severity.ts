/** How grave a matter is: decides which limit of its category holds. */
export const severities = ['urgent', 'normal', 'complex'] as const
export type Severity = (typeof severities)[number]
