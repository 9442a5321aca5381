import { execFile, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { type Range, type Shot, shoot } from './measure.ts'

/** Whether `wrk` is installed (`apt install wrk`). A client in C takes less of the two cores than one in Node. */
export const hasOutsideClient = (): boolean => !spawnSync('wrk', ['--version']).error

export type Rate = { requests: number; seconds: number; failed: number }

/**
 * Sends requests from a list by a client outside Node, or by the usual one where it is missing. `once`: each request is
 * sent a single time, and is removed from the list; if they are used up, the turn ends.
 */
export async function shootFromOutside(range: Range, shots: Shot[], once = false): Promise<Rate> {
  if (!hasOutsideClient()) return shoot(range, once ? shots.splice(0) : shots, once)
  const { url, headers = {}, connections, seconds } = range
  const file = join(tmpdir(), `ihanoi-bench-${process.pid}.lua`)
  writeFileSync(file, script(once ? shots.splice(0) : shots, headers, once))
  const wrk = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', file, url]
  const { stdout } = await promisify(execFile)('wrk', wrk)
  const [requests = 0, failed = 0, micros = 1] = (/^counted (.*)$/m.exec(stdout)?.[1] ?? '').split(' ').map(Number)
  return { requests, failed, seconds: micros / 1e6 }
}

/** For one thread of `wrk`. JSON escapes texts as Lua does, except for characters that it writes as a code. */
function script(shots: readonly Shot[], headers: Record<string, string>, once: boolean): string {
  const text = (value: string) =>
    JSON.stringify(value)
      .replace(/\\u([0-9a-f]{4})/g, '\\x$1')
      .replace(/\\x00/g, '\\x')
  const list = shots.map(({ method, path, body = '' }) => `{${[method, path, body].map(text).join(',')}}`)
  const fields = Object.entries(headers).map(([name, value]) => `[${text(name)}]=${text(value)}`)
  return `
local ffi = require('ffi')
ffi.cdef('typedef struct { long s; long us; } moment; int gettimeofday(moment *at, void *zone);')
local function micros()
  local at = ffi.new('moment')
  ffi.C.gettimeofday(at, nil)
  return tonumber(at.s) * 1e6 + tonumber(at.us)
end
local shots = { ${list.join(',\n')} }
local at = 0
local threads = {}
wrk.headers = { ${fields.join(', ')} }
function setup(thread) table.insert(threads, thread) end
function request()
  at = at + 1
  if at == 2 then began = micros() end
  if ${once} and at > #shots then
    used = used or micros()
    wrk.thread:stop()
  end
  local shot = shots[(at - 1) % #shots + 1]
  return wrk.format(shot[1], shot[2], nil, shot[3] ~= '' and shot[3] or nil)
end
function done(summary)
  local e = summary.errors
  local used = threads[1]:get('used')
  local took = used and used - threads[1]:get('began') or summary.duration
  io.write(string.format('counted %d %d %d\\n', summary.requests, e.status + e.connect + e.read + e.write + e.timeout, took))
end
`
}
