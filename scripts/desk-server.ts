import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SetupError } from '#db/setup-error.ts'
import { root } from './run.ts'

export type DeskServer = { url: string; pid: number; ended: Promise<void>; stop(): Promise<void> }

/** `flags`: Node flags in addition to the usual ones of the desk. */
type Options = { port: number; env: Record<string, string>; log?: string; flags?: string[] }

/**
 * Boards allocate large blocks: with separate mappings they are returned to the system when freed, and two malloc
 * arenas are enough for threads that mostly wait. With its compiled code on disk, a start need not load what strips
 * types. The `start` script of package.json has the same values.
 */
const memory = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '16384',
  MALLOC_TRIM_THRESHOLD_: '65536',
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
}

/**
 * By default Node lets the young generation grow to 128 MB and never shrinks it, and lets the old generation grow to a
 * multiple of its live objects before a collection: together more than half of the memory of the desk. The `start`
 * script of package.json has the same flags.
 */
const nodeFlags = ['--max-semi-space-size=16', '--heap-growing-percent=30']
const startSeconds = 60
const stopSeconds = 15

/** Starts the desk as a separate process and waits until it answers. Without a log file, its output is shown. */
export async function startDesk({ port, env, log, flags = [] }: Options): Promise<DeskServer> {
  const child = spawn(process.execPath, [...nodeFlags, ...flags, join(root, 'scripts/serve.ts')], {
    cwd: root,
    env: { ...memory, ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', log ? 'pipe' : 'inherit', log ? 'pipe' : 'inherit', 'ipc'],
  })
  if (log) keepLog(child, log)
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  const url = `http://localhost:${port}`
  await untilAnswering(child, port, log)
  return { url, pid: child.pid ?? 0, ended, stop: () => stopChild(child, ended) }
}

/** Whether the server can listen on this port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((settle, fail) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') settle(false)
      else if (error.code === 'EACCES')
        fail(new SetupError(`This account may not open port ${port}: choose one above 1023 with PORT=3000.`))
      else fail(error)
    })
    probe.listen(port, () => probe.close(() => settle(true)))
  })
}

/** A currently unused port. */
export function anyFreePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function keepLog(child: ChildProcess, log: string): void {
  const file = createWriteStream(log)
  child.stdout?.pipe(file, { end: false })
  child.stderr?.pipe(file, { end: false })
  child.once('close', () => file.end())
}

async function untilAnswering(child: ChildProcess, port: number, log?: string): Promise<void> {
  const deadline = performance.now() + startSeconds * 1000
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode) {
      throw new SetupError(`The server stopped while starting.${log ? `\n${lastLines(log)}` : ''}`)
    }
    if (await answers(port)) return
    await pause(100)
  }
  child.kill('SIGKILL')
  throw new SetupError(`The server did not answer within ${startSeconds} s.${log ? `\n${lastLines(log)}` : ''}`)
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://localhost:${port}/api/health`, { redirect: 'manual', signal: AbortSignal.timeout(30_000) })
    return true
  } catch {
    return false
  }
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode) return
  child.kill('SIGTERM')
  const killTimer = setTimeout(() => child.kill('SIGKILL'), stopSeconds * 1000)
  await ended
  clearTimeout(killTimer)
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-15).join('\n')
}
