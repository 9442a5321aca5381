/** A journey of a file: the line of its `test(` and its title as the source has it. */
export type JourneyTitle = { line: number; title: string }

const start = /^[ \t]*test(?:\.only|\.skip)?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gm

/** The journeys that stand in a file; one that is repeated by a loop stands there once. */
export function journeysIn(text: string): JourneyTitle[] {
  return [...text.matchAll(start)].map(({ index, 2: title = '' }) => ({
    line: text.slice(0, index).split('\n').length,
    title,
  }))
}
