import type { LocalDay } from '#server/platform/rules/local-day.ts'

/** The public code: HN-yymmdd-nnnn, by the local day of receipt and the running number of that day. */
export function reportCode(day: LocalDay, number: number): string {
  return `HN-${day.slice(2).replaceAll('-', '')}-${String(number).padStart(4, '0')}`
}

/** In place of a number that the database will give; in no word of a text. */
export const numberToCome = '#'
export const codeToCome = (day: LocalDay): string => reportCode(day, 0).replace(/0000$/, numberToCome)

const wholeCode = /^(?:hn-?)?(\d{6})-?(\d{4,6})$/i

/** `mã:` before a code, whole or begun; also as it stands on the papers of the desk, "Mã phản ánh: HN-…". */
const codeOperator = /(?<![\p{L}\p{N}])(?:m[ãa](?:\s+phản\s+ánh)?|code)\s*:\s*(?=(?:hn-?)?\d)/giu

export const withoutCodeOperator = (typed: string): string => typed.normalize('NFC').replace(codeOperator, '')

/** The complete code that was typed, in any of the ways in which codes are typed; null where it is something else. */
export function typedCode(typed: string): string | null {
  const code = wholeCode.exec(withoutCodeOperator(typed).trim())
  return code ? `HN-${code[1]}-${code[2]}` : null
}

const codeInText = /(?<![\p{L}\p{N}-])(HN-\d{6}-\d{4,6})(?![\p{L}\p{N}-])/u

/** The text split at its report codes: parts alternate between other text, which may be empty, and a code. */
export const partsByCode = (text: string): string[] => text.split(codeInText)
