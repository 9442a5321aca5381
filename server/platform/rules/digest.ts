type Refusal = { code: string; details: Readonly<Record<string, unknown>> }

const mark = 'desk'

/**
 * Next hands over nothing of an error but this word: ours says which refusal it is, any other stands in the log as it
 * is.
 */
export const digestOf = ({ code, details: { fault } }: Refusal): string =>
  [mark, code, ...(typeof fault === 'string' ? [fault] : [])].join(':')

export const isOwnDigest = (digest: unknown): boolean => typeof digest === 'string' && digest.startsWith(`${mark}:`)

/**
 * Which refusal the word stands for, and what leads to its line of the log; one that is not ours is such a lead itself.
 */
export function readDigest(digest: string): { code: string; fault: string | undefined } {
  if (!isOwnDigest(digest)) return { code: 'defect', fault: digest }
  const [, code = 'defect', fault] = digest.split(':')
  return { code, fault }
}
