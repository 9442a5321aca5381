import { normalise } from '../text.ts'
import { cut } from './address.ts'

/** How the ids of one kind of thing are written, and what a list of such things is called in `Things`. */
export type IdFormat<Id extends string | number> = {
  /** Null if the text is not such an id. */
  read: (text: string) => Id | null
  /** Whether ids are numbers: they are sent as such. */
  isNumber: Id extends number ? true : false
  /** Whether an id is meaningful by itself if its name is unknown: `so-xay-dung`, not a number. */
  isTelling: boolean
}

const written = (pattern: RegExp, isTelling: boolean): IdFormat<string> => ({
  read: (text) => (pattern.test(text) ? text : null),
  isNumber: false,
  isTelling,
})

export const uuid = written(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, false)
export const slug = written(/^[a-z0-9-]{1,60}$/, true)
export const code = written(/^[A-Za-z0-9-]{1,20}$/, true)
/** Any single-line text, up to `most` characters. */
export const anyText = (most: number): IdFormat<string> => ({
  read: (text) => cut(normalise(text), most) || null,
  isNumber: false,
  isTelling: true,
})
export const number: IdFormat<number> = {
  read: (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null),
  isNumber: true,
  isTelling: false,
}
