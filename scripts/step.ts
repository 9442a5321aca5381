import { SetupError } from '#db/setup-error.ts'

const live = process.stdout.isTTY === true
const quietSeconds = 15

export type Progress = (text: string) => void

/** Shows one step of a longer task: its name while it runs, a tick and its duration when it is done. */
export async function step<T>(name: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  const started = performance.now()
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`
  let detail = ''
  const redraw = () => say(`… ${name}${detail && `: ${detail}`} (${seconds()})`)
  if (live) redraw()
  const redrawTimer = setInterval(redraw, live ? 500 : quietSeconds * 1000)
  try {
    const result = await work((text) => {
      detail = text
    })
    clearInterval(redrawTimer)
    say(`✓ ${name} (${seconds()})`, true)
    return result
  } catch (error) {
    clearInterval(redrawTimer)
    say(`✗ ${name} (${seconds()})`, true)
    throw error
  }
}

function say(line: string, last = false): void {
  if (live) process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}${last ? '\n' : ''}`)
  else process.stdout.write(`${line}\n`)
}

/** Runs a script: a set-up error is shown in one sentence, a defect with its stack. */
export async function runScript(main: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof SetupError) process.stderr.write(`✗ ${error.message}\n`)
    else if (code === 'ENOSPC') process.stderr.write('✗ The disk is full: make room and try again.\n')
    else if (code?.startsWith('ERR_PARSE_ARGS')) process.stderr.write(`✗ ${(error as Error).message}\n`)
    else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    process.exitCode = 1
  }
}
