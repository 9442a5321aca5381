import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

export type Finished = { code: number; output: string }

type Options = {
  /** The folder in which it runs; by default that of the project. */
  cwd?: string
  env?: Record<string, string | undefined>
  show?: boolean
  onLine?: (line: string) => void
  /** Ends the program when it is aborted. */
  signal?: AbortSignal
  /** Whether it and what it starts run at a low priority. */
  aside?: boolean
}

/** Runs a script of ours or a program of an installed package on the same Node, and captures its output. */
export function run(program: string, args: string[], options: Options = {}): Promise<Finished> {
  const script = program.endsWith('.ts')
    ? join(root, program)
    : realpathSync(join(root, 'node_modules', '.bin', program))
  return runCommand(process.execPath, [script, ...args], options)
}

export type Run = typeof run

/** The same at a low priority, beside something else. */
export const runAside: Run = (program, args, options) => run(program, args, { ...options, aside: true })

/** Runs a program of the system without a terminal, so that it cannot prompt. */
export function runCommand(
  command: string,
  args: string[],
  { cwd = root, env, show = false, onLine, signal, aside = false }: Options = {},
): Promise<Finished> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  if (aside && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  const endWithUs = () => child.kill()
  process.once('exit', endWithUs)
  signal?.addEventListener('abort', endWithUs)
  let output = ''
  const keep = (stream: NodeJS.WriteStream) => (text: string) => {
    output += text
    if (show) stream.write(text)
    for (const line of text.split('\n')) if (line.trim()) onLine?.(line.trim())
  }
  child.stdout.setEncoding('utf8').on('data', keep(process.stdout))
  child.stderr.setEncoding('utf8').on('data', keep(process.stderr))
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => {
      process.off('exit', endWithUs)
      signal?.removeEventListener('abort', endWithUs)
      done({ code: code ?? 1, output })
    })
  })
}
