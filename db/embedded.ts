import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { connectionName } from './client.ts'
import {
  clearHome,
  dataFolder,
  type Home,
  lendPassword,
  makeServerFolder,
  openHome,
  runProgram,
} from './embedded-home.ts'
import { type Durability, settings, utf8Locale } from './embedded-settings.ts'
import { SetupError } from './setup-error.ts'

export type EmbeddedPostgres = {
  /** The URL of the given database, created if it does not exist. */
  database(name: string): Promise<string>
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<'stopped' | 'in use'>
  /** The message to show if the data had to be stored elsewhere. */
  moved?: string
}

/** A connection kept open while this process uses the server, so that others see that it is in use. */
type Presence = { port: number; sql: postgres.Sql }

const startAfresh = 'start afresh with: npm run demo -- --reset'
const temporaryPrefix = 'ihanoi-desk-postgres-'

/** The server of this folder: created if absent, started if stopped, joined if it already runs. */
export async function startPostgres(
  folder = dataFolder,
  durability: Durability = 'durable',
): Promise<EmbeddedPostgres> {
  const home = openHome(folder)
  const presence = (await joinRunning(home)) ?? (await startCluster(home, durability))
  return { ...serverAt(home, presence), moved: home.moved }
}

/**
 * A separate server for one test run, removed afterwards, by default of the packaged version. Leftovers of killed runs
 * are removed first.
 */
export async function startTemporaryPostgres(programs?: string): Promise<EmbeddedPostgres> {
  await sweepLeftovers()
  const folder = mkdtempSync(join(tmpdir(), `${temporaryPrefix}${process.pid}-`))
  chmodSync(folder, 0o755)
  const home = openHome(folder, programs)
  const presence = await startCluster(home, 'disposable')
  return {
    ...serverAt(home, presence),
    async stop() {
      await presence.sql.end()
      return removeTemporary(home)
    },
  }
}

/** Stops the server of this folder and removes its data. */
export async function removePostgres(folder = dataFolder): Promise<void> {
  const home = openHome(folder)
  const presence = await joinRunning(home)
  if (presence) await stopCluster(home, 'fast')
  await presence?.sql.end()
  clearHome(home)
}

function serverAt(home: Home, { port, sql }: Presence): EmbeddedPostgres {
  return {
    async database(name) {
      const [known] = await sql`select 1 from pg_database where datname = ${name}`
      if (!known) await sql`create database ${sql(name)}`.catch(unlessMadeMeanwhile)
      return address(home, port, name)
    },
    async stop() {
      const used = await isUsedElsewhere(sql)
      await sql.end()
      if (used) return 'in use'
      await stopCluster(home, 'fast')
      return 'stopped'
    },
  }
}

function unlessMadeMeanwhile(error: unknown): void {
  const { code } = error as { code?: string }
  if (code !== '42P04' && code !== '23505') throw error
}

/** Whether another process is connected; a server that is shutting down counts as unused. */
async function isUsedElsewhere(sql: postgres.Sql): Promise<boolean> {
  try {
    const others = await sql`
      select 1 from pg_stat_activity where backend_type = 'client backend' and application_name <> ${connectionName}`
    return others.length > 0
  } catch {
    return false
  }
}

async function startCluster(home: Home, durability: Durability): Promise<Presence> {
  if (!existsSync(home.cluster)) await makeCluster(home, durability)
  if (!existsSync(join(home.cluster, 'PG_VERSION'))) {
    throw new SetupError(`The data folder ${home.cluster} is not a database: ${startAfresh}`)
  }
  removeStaleLock(home)
  const port = await freePort(home)
  const log = join(home.cluster, 'server.log')
  rmSync(log, { force: true })
  const options = Object.entries({ port, ...settings(durability) }).map(([name, value]) => `-c ${name}=${value}`)
  try {
    const untilReady = ['-w', '-t', '300']
    await runProgram(home, 'pg_ctl', ['start', ...untilReady, '-D', home.cluster, '-l', log, '-o', options.join(' ')])
  } catch (error) {
    const presence = await joinRunning(home)
    if (presence) return presence
    throw startFailure(home, log, error)
  }
  const presence = await connectTo(home, port)
  if (!presence) throw new SetupError(`PostgreSQL ended as soon as it had started: see ${log}`)
  return presence
}

/** Created in a temporary folder and moved when complete: an interrupted start leaves no incomplete cluster. */
async function makeCluster(home: Home, durability: Durability): Promise<void> {
  const { bavail, bsize } = statfsSync(home.folder)
  if (bavail * bsize < 500 * 2 ** 20)
    throw new SetupError(`Less than 500 MB are free in ${home.folder}: make room first.`)
  const unfinished = `${home.cluster}.unfinished-${process.pid}`
  makeServerFolder(home, unfinished)
  const passwordFile = lendPassword(home)
  const locale = [
    '--locale-provider=icu',
    '--icu-locale=vi',
    '--encoding=UTF8',
    '--locale=C',
    `--lc-ctype=${utf8Locale()}`,
  ]
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const sync = durability === 'disposable' ? ['--no-sync'] : []
  try {
    await runProgram(home, 'initdb', [`--pgdata=${unfinished}`, ...access, ...locale, ...sync])
  } catch (error) {
    throw new SetupError(`PostgreSQL could not make its data folder in ${home.folder}: ${complaint(error)}`, error)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  try {
    renameSync(unfinished, home.cluster)
  } catch (error) {
    if (!existsSync(home.cluster)) throw error
    rmSync(unfinished, { recursive: true, force: true }) // another process was quicker
  }
}

/** Joins this home's server if it runs and accepts our password; waits for one that is just starting or stopping. */
async function joinRunning(home: Home): Promise<Presence | undefined> {
  for (let attempt = 0; attempt < 120; attempt++) {
    const lock = readLock(home)
    if (!lock || !isOurServer(lock.pid, home)) return undefined
    const presence = lock.port ? await connectTo(home, lock.port) : undefined
    if (presence) return presence
    await pause(250)
  }
  throw new SetupError(`PostgreSQL runs on ${home.cluster} but does not answer: end that process, or ${startAfresh}`)
}

async function connectTo(home: Home, port: number): Promise<Presence | undefined> {
  const sql = postgres(address(home, port, 'postgres'), {
    max: 1,
    max_lifetime: null,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: { application_name: connectionName },
  })
  try {
    await sql`select 1`
    return { port, sql }
  } catch {
    await sql.end()
    return undefined
  }
}

function readLock(home: Home): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(join(home.cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3] ?? 0) }
  } catch {
    return undefined
  }
}

/** After a crash the lock may contain a process id that now belongs to another program. */
function isOurServer(pid: number, home: Home): boolean {
  try {
    return existsSync('/proc/self')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(home.cluster)
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(home.cluster)
  } catch {
    return false
  }
}

function removeStaleLock(home: Home): void {
  const lock = readLock(home)
  if (lock && !isOurServer(lock.pid, home)) rmSync(join(home.cluster, 'postmaster.pid'), { force: true })
}

async function stopCluster(home: Home, mode: 'fast' | 'immediate'): Promise<void> {
  await runProgram(home, 'pg_ctl', ['stop', '-w', '-t', '120', '-m', mode, '-D', home.cluster])
}

async function removeTemporary(home: Home): Promise<'stopped'> {
  removeStaleLock(home) // pg_ctl refuses to stop a server that was killed
  if (readLock(home)) await stopCluster(home, 'immediate')
  rmSync(home.folder, { recursive: true, force: true })
  return 'stopped'
}

async function sweepLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(temporaryPrefix))) {
    const owner = Number(name.slice(temporaryPrefix.length).split('-')[0])
    if (!isAlive(owner)) await removeTemporary(openHome(join(tmpdir(), name)))
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The same port at each start if it is free, below the range that systems use for outgoing connections. */
async function freePort(home: Home): Promise<number> {
  const usual = 20_000 + (createHash('sha256').update(home.cluster).digest().readUInt16BE() % 12_000)
  return (await listensOn(usual)) ?? (await listensOn(0)) ?? usual
}

function listensOn(port: number): Promise<number | undefined> {
  return new Promise((settle) => {
    const probe = createServer()
    probe.once('error', () => settle(undefined))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: found } = probe.address() as AddressInfo
      probe.close(() => settle(found))
    })
  })
}

function startFailure(home: Home, log: string, error: unknown): SetupError {
  const text = existsSync(log) ? readFileSync(log, 'utf8') : complaint(error)
  if (/No space left/.test(text))
    return new SetupError(`The disk that holds ${home.cluster} is full: make room first.`, error)
  if (/Permission denied/.test(text)) {
    return new SetupError(
      `PostgreSQL may not read ${home.cluster}: give it back to this account, or ${startAfresh}`,
      error,
    )
  }
  const reason = text.split('\n').find((line) => /FATAL|PANIC|could not/.test(line)) ?? complaint(error)
  return new SetupError(
    `The data folder ${home.cluster} is broken (${reason.replace(/^.*?(FATAL|PANIC): */, '')}): ${startAfresh}`,
    error,
  )
}

function complaint(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string }
  const lines = (stderr || message || String(error)).trim().split('\n')
  return lines.find((line) => /error|could not/i.test(line)) ?? lines.at(-1) ?? ''
}

function address(home: Home, port: number, database: string): string {
  return `postgres://postgres:${home.password}@127.0.0.1:${port}/${database}`
}
