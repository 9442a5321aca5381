import { SetupError } from '#db/setup-error.ts'

const live = process.stdout.isTTY === true
const quietSeconds = 15

export type Progress = (text: string) => void

/**
 * Shows one step of a longer task: its name while it runs, unless something else is shown meanwhile (`onlyItsEnd`), and
 * a tick and its duration when it is done.
 */
export async function step<T>(
  name: string,
  work: (progress: Progress) => Promise<T>,
  { onlyItsEnd = false } = {},
): Promise<T> {
  const seconds = timer()
  let detail = ''
  const stopShowing = onlyItsEnd
    ? () => undefined
    : keepShowing(() => `… ${name}${detail && `: ${detail}`} (${seconds()})`)
  try {
    const result = await work((text) => {
      detail = text
    })
    stopShowing()
    say(`✓ ${name} (${seconds()})`, true)
    return result
  } catch (error) {
    stopShowing()
    say(`✗ ${name} (${seconds()})`, true)
    throw error
  }
}

type SideBySide = Record<string, (progress: Progress, signal: AbortSignal) => Promise<unknown>>

/**
 * Runs several steps at the same time. One line says what is left and how far each step is; a step that is done leaves
 * a line with its duration. If one fails, the others are told to stop, and once they have, its error is thrown.
 */
export async function stepsSideBySide(steps: SideBySide): Promise<void> {
  const seconds = timer()
  const details = new Map(Object.keys(steps).map((name) => [name, '']))
  const left = () => [...details].map(([name, detail]) => (detail ? `${name} (${detail})` : name)).join(', ')
  const abandoned = new AbortController()
  const word = () => (abandoned.signal.aborted ? 'Stopping' : 'Left')
  const stopShowing = keepShowing(() => `… ${word()} after ${seconds()}: ${left()}`)
  const failures: unknown[] = []
  const runs = Object.entries(steps).map(async ([name, work]) => {
    try {
      await work((text) => details.set(name, text), abandoned.signal)
      say(`✓ ${name} (${seconds()})`, true)
    } catch (error) {
      say(`${failures.length > 0 ? '– stopped:' : '✗'} ${name} (${seconds()})`, true)
      failures.push(error)
      abandoned.abort()
    } finally {
      details.delete(name)
    }
  })
  await Promise.all(runs)
  stopShowing()
  if (failures.length > 0) throw failures[0]
}

function timer(): () => string {
  const started = performance.now()
  return () => `${((performance.now() - started) / 1000).toFixed(1)} s`
}

/** Shows the line now if it is live, and again and again until the returned function is called. */
function keepShowing(line: () => string): () => void {
  const show = () => say(line())
  if (live) show()
  const repeat = setInterval(show, live ? 500 : quietSeconds * 1000)
  return () => clearInterval(repeat)
}

function say(line: string, last = false): void {
  if (live) process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}${last ? '\n' : ''}`)
  else process.stdout.write(`${line}\n`)
}

export const isDiskFull = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOSPC'

/** Runs a script: a set-up error is shown in one sentence, a defect with its stack. */
export async function runScript(main: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof SetupError) process.stderr.write(`✗ ${error.message}\n`)
    else if (isDiskFull(error)) process.stderr.write('✗ The disk is full: make room and try again.\n')
    else if (code?.startsWith('ERR_PARSE_ARGS')) process.stderr.write(`✗ ${(error as Error).message}\n`)
    else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    process.exitCode = 1
  }
}
