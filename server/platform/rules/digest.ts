type Refusal = { code: string; details: Readonly<Record<string, unknown>> }

const mark = 'desk'

/**
 * The digest is all that Next passes to the browser of an error: ours names the refusal, any other is in the log as it
 * is.
 */
export const digestOf = ({ code, details: { fault } }: Refusal): string =>
  [mark, code, ...(typeof fault === 'string' ? [fault] : [])].join(':')

export const isOwnDigest = (digest: unknown): boolean => typeof digest === 'string' && digest.startsWith(`${mark}:`)

/**
 * The refusal that a digest names, and the code of its line in the log; a digest that is not ours is such a code
 * itself.
 */
export function readDigest(digest: string): { code: string; fault: string | undefined } {
  if (!isOwnDigest(digest)) return { code: 'defect', fault: digest }
  const [, code = 'defect', fault] = digest.split(':')
  return { code, fault }
}
