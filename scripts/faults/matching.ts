import type { Fault } from './fault.ts'

/** The text of a file of the project; undefined if there is none. */
export type TextOf = (file: string) => string | undefined

/** What prevents these faults from being applied and tested, as sentences: nothing where all is well. */
export function obstaclesOf(faults: readonly Fault[], textOf: TextOf): string[] {
  const names = faults.map(({ name }) => name)
  const repeated = names.filter((name, at) => names.indexOf(name) !== at)
  return [
    ...repeated.map((name) => `${name}: another fault has the same name.`),
    ...faults.flatMap((fault) => obstaclesOfOne(fault, textOf).map((obstacle) => `${fault.name}: ${obstacle}`)),
  ]
}

function obstaclesOfOne({ file, search, replace, caughtBy }: Fault, textOf: TextOf): string[] {
  const [text, test] = [textOf(file), textOf(caughtBy.file)]
  const times = text === undefined || search === '' ? 0 : text.split(search).length - 1
  return [
    text === undefined ? `there is no file ${file}.` : '',
    text !== undefined && times !== 1 ? `its text occurs ${times} times in ${file}, not once.` : '',
    search === replace ? 'it changes nothing.' : '',
    test === undefined ? `there is no test file ${caughtBy.file}.` : '',
    test?.includes(caughtBy.title) === false ? `${caughtBy.file} has no test “${caughtBy.title}”.` : '',
  ].filter(Boolean)
}

/** The text with the fault in it. */
export function withFault(text: string, { search, replace }: Fault): string {
  return text.split(search).join(replace)
}
