const mostKept = 8
const longestKept = 200

const days = /\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/\d{4}/g
/** A day of 2010 or later and a number: no telephone number begins like this. */
const reportCodes = /\b(?:hn-?)?[1-9]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d{4,6}\b/gi
const digitRuns = /\+?\d[\d\s.()-]*\d/g

/**
 * Whether the search may contain a phone number. False positives are acceptable: only a line of the list is lost.
 */
function mayHoldPhone(text: string): boolean {
  const rest = text.replace(days, ';').replace(reportCodes, ';')
  return (rest.match(digitRuns) ?? []).some((run) => /0\d{8}|^[35789]\d{8}$|^\+\d{7}/.test(localDigits(run)))
}

const localDigits = (run: string): string => run.replace(/[^\d+]/g, '').replace(/^(?:\+|00)?84(?=\d{9,10}$)/, '0')

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const withoutSearch = (recent: readonly string[], words: string): string[] =>
  recent.filter((one) => !isSame(one, words))

/** The latest searches of an account, the last one first and each once. What may hold a phone number is never kept. */
export function withSearch(recent: readonly string[], words: string): string[] {
  if (words === '' || words.length > longestKept || mayHoldPhone(words)) return [...recent]
  return [words, ...withoutSearch(recent, words)].slice(0, mostKept)
}
