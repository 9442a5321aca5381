import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { anyFreePort, startDesk } from '#scripts/desk-server.ts'
import { storedKey } from '#server/bulletins/alert-key.ts'

const root = join(import.meta.dirname, '..')

/** The key that signs the tokens of this run; the bench creates its own sign-ins with it. */
export const secret = randomBytes(32).toString('hex')

/** In production the desk does not create one itself. */
const alertKeyFile = join(root, '.data', 'bench-cap-key.pem')

/** The log file of the measured desk. */
export const appLog = join(root, '.data', 'bench-app.log')

/** The real, built desk in a separate process, without the worker: it is measured apart from its jobs. */
export async function startApp(databaseUrl: string, flags: string[] = []) {
  const port = await anyFreePort()
  await storedKey(alertKeyFile)
  return startDesk({
    port,
    env: {
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: secret,
      APP_URL: `http://localhost:${port}`,
      NODE_ENV: 'production',
      CAP_KEY_FILE: alertKeyFile,
      WORKER: 'off',
      LOG_LEVEL: 'warn',
      // Lets each visitor of the bench have a separate address.
      TRUSTED_PROXIES: '127.0.0.1',
    },
    log: appLog,
    flags,
  })
}

/** The jobs of the desk, in a separate process. */
export async function startWorkerProcess(databaseUrl: string) {
  const child = spawn(process.execPath, [join(root, 'server/jobs/main.ts')], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: secret,
      APP_URL: 'http://localhost',
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return { stop: () => stopped(child) }
}

export const startFloor = (databaseUrl: string, statements: string) =>
  startBare('bench/floor.ts', { DATABASE_URL: databaseUrl, BENCH_STATEMENTS: statements })

export const startFileServer = (list: string) => startBare('bench/file-server.ts', { BENCH_FILES: list })

async function startBare(script: string, env: Record<string, string>) {
  const port = await anyFreePort()
  const child = spawn(process.execPath, [join(root, script)], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await new Promise<void>((open, fail) => {
    child.once('message', () => open())
    child.once('exit', (code) => fail(new Error(`the floor stopped with ${code}`)))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => stopped(child) }
}

async function stopped(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await gone
}

/** Resident memory of a process in MB. */
export function residentMemory(pid: number): number {
  const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(line?.[1] ?? 0) / 1024)
}
