// Runs a script of this project on the Node version the project pins, installing missing packages first. Only this file
// must work on any Node version, with nothing installed.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const windows = process.platform === 'win32'
const pinnedNode = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
const [target, ...rest] = process.argv.slice(2)

process.chdir(root)
const difference = installDifference()
if (difference) await install(difference)
if (!existsSync(pinnedNode)) {
  stop(
    'Node 24 did not come with the packages (are install scripts switched off in npm?): run npm ci --include=dev --ignore-scripts=false.',
  )
}
if (realpathSync(process.execPath) === realpathSync(pinnedNode)) {
  process.argv = [process.execPath, scriptOf(target), ...rest]
  await import(pathToFileURL(scriptOf(target)).href)
} else {
  runOnPinnedNode()
}

/** A file of ours, or the program of an installed package. */
function scriptOf(name) {
  if (existsSync(name)) return resolve(name)
  return realpathSync(join(root, 'node_modules', '.bin', name))
}

function runOnPinnedNode() {
  const env = { ...process.env, PATH: `${dirname(pinnedNode)}${windows ? ';' : ':'}${process.env.PATH}` }
  const child = spawn(pinnedNode, [...process.execArgv, scriptOf(target), ...rest], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // The shell between npm and this process dies of a signal without forwarding it.
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref()
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}

/** How the installed packages differ from the lock file; undefined if they do not. */
function installDifference() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted) stop('package-lock.json is missing or damaged: restore it with git checkout package-lock.json.')
  if (!present) return `Installing ${Object.keys(wanted).length - 1} packages`
  const stale = Object.entries(wanted).filter(([path, { version, optional }]) => {
    if (path === '' || (optional && !present[path])) return false
    return present[path]?.version !== version
  })
  if (stale.length > 0) return `Bringing ${stale.length} packages up to date`
  return existsSync(pinnedNode) ? undefined : 'Installing Node 24'
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages
  } catch {
    return undefined
  }
}

async function install(title) {
  const started = Date.now()
  const busyBefore = busySeconds()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const show = (text) => process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${text}` : `${text}\n`)
  show(`… ${title} (the first time takes a minute or two)`)
  const beat = setInterval(() => show(`… ${title}: ${seconds()} s`), process.stdout.isTTY ? 1000 : 15_000)
  const { code, output } = await npmCi()
  clearInterval(beat)
  // Told to what is started now: the time of a whole run includes it.
  process.env.INSTALL_SECONDS = String(seconds())
  process.env.INSTALL_BUSY_SECONDS = String(busySeconds() - busyBefore)
  if (code === 0) return show(`✓ ${title}: ${seconds()} s${process.stdout.isTTY ? '\n' : ''}`)
  process.stdout.write(process.stdout.isTTY ? '\r\x1b[K' : '')
  stop(installObstacle(output))
}

/** For how long the processors of this machine have been busy. */
function busySeconds() {
  return cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000, 0)
}

function npmCi() {
  const npm = process.env.npm_execpath
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...flags]] : ['npm', flags]
  const env = { ...process.env, npm_config_progress: 'false' }
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], shell: windows && command === 'npm' })
  const giveUp = () => {
    child.kill()
    process.exit(130)
  }
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((done) => {
    child.on('error', (error) => done({ code: 1, output: String(error) }))
    child.on('close', (code) => {
      process.off('SIGINT', giveUp).off('SIGTERM', giveUp)
      done({ code, output })
    })
  })
}

function installObstacle(output) {
  const obstacles = [
    [/ENOSPC/, 'The disk is full: the packages need about 1.5 GB; make room and try again.'],
    [
      /EACCES|EPERM|EROFS/,
      `This account may not write to ${join(root, 'node_modules')}: give it that right, or clone into a folder of its own.`,
    ],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|network/i,
      'The npm registry cannot be reached: check the connection (or npm config get registry and proxy) and try again.',
    ],
    [/EUSAGE|can only install packages when/, 'package.json and package-lock.json do not agree: run npm install once.'],
    [/spawn npm ENOENT/, 'npm is not installed beside this Node: install Node from nodejs.org, which brings npm.'],
  ]
  const known = obstacles.find(([pattern]) => pattern.test(output))
  return known
    ? known[1]
    : `The packages could not be installed. npm said:\n${output.trim().split('\n').slice(-15).join('\n')}`
}

function stop(sentence) {
  process.stderr.write(`✗ ${sentence}\n`)
  process.exit(1)
}
