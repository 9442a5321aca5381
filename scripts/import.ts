import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { connect } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { SetupError } from '#db/setup-error.ts'
import type { Locale } from '#messages/locales.ts'
import { importer } from '#server/accounts/rules/actor.ts'
import { type BadRow, type ImportCounts, importReports } from '#server/imports/commands/import-reports.ts'
import { openTable } from '#server/imports/reading.ts'
import { type Mapping, mappingSchema } from '#server/imports/rules/mapping.ts'
import { importSentences } from '#server/imports/sentences.ts'
import { now } from '#server/platform/clock.ts'
import { DomainError } from '#server/platform/errors.ts'
import { withDatabase } from './database.ts'
import { type Progress, runScript, step } from './step.ts'

const usage =
  'npm run import -- FILE --mapping MAPPING [--skip-bad BAD.jsonl] [--language vi|en]: FILE is .csv or .jsonl, packed with gzip or not; examples of MAPPING are in docs/imports.'

type Order = {
  file: string
  mapping: Mapping
  skipBad: string | undefined
  sentences: ReturnType<typeof importSentences>
}

await runScript(async () => {
  const order = readOrder(process.argv.slice(2))
  const counts = await withDatabase(async ({ url }) => {
    await step('Schema', () => migrateDatabase(url))
    return step(`Import of ${basename(order.file)}`, (progress) => takeIn(url, order, progress))
  })
  process.stdout.write(`${order.sentences.finished(counts)}\n`)
  if (order.skipBad && counts.skipped > 0) process.stdout.write(`→ ${order.skipBad}\n`)
  return 0
})

async function takeIn(
  url: string,
  { file, mapping, skipBad, sentences }: Order,
  progress: Progress,
): Promise<ImportCounts> {
  const { db, close } = connect(url)
  try {
    const table = await openTable(file, mapping)
    return await importReports(
      { db, actor: importer, now },
      {
        mapping,
        file: basename(file),
        table,
        onBadRow: skipBad === undefined ? undefined : keeperOf(skipBad, sentences),
        onProgress: (rows, share) => progress(`${bar(share)} ${rows}`),
      },
    )
  } catch (error) {
    throw inOneSentence(error, file, sentences)
  } finally {
    await close()
  }
}

function readOrder(args: string[]): Order {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { mapping: { type: 'string' }, 'skip-bad': { type: 'string' }, language: { type: 'string' } },
  })
  const [file] = positionals
  if (!file || positionals.length > 1 || !values.mapping) throw new SetupError(usage)
  const language = values.language ?? (/^en/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'en' : 'vi')
  if (language !== 'vi' && language !== 'en') throw new SetupError(`--language takes vi or en, not ${language}.`)
  const sentences = importSentences(language satisfies Locale)
  return { file, mapping: readMapping(values.mapping), skipBad: values['skip-bad'], sentences }
}

function readMapping(path: string): Mapping {
  const { data, error } = mappingSchema.safeParse(readJson(path))
  if (data) return data
  throw new SetupError(`The mapping ${path} does not hold:\n${z.prettifyError(error)}`)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new SetupError(`The mapping ${path} cannot be read: ${(error as Error).message}`, error)
  }
}

/** Collects the invalid rows, one JSON object per line: once corrected, that file can be imported. */
function keeperOf(path: string, sentences: Order['sentences']): (bad: BadRow) => void {
  writeFileSync(path, '')
  return (bad) =>
    appendFileSync(path, `${JSON.stringify({ line: bad.line, reason: sentences.bad(bad), row: bad.row })}\n`)
}

function bar(share: number): string {
  const done = Math.round(share * 20)
  return `${'█'.repeat(done)}${'░'.repeat(20 - done)} ${Math.floor(share * 100)} %`
}

function inOneSentence(error: unknown, file: string, sentences: Order['sentences']): unknown {
  if (error instanceof DomainError) return new SetupError(sentences.refused(error), error)
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new SetupError(`There is no file ${file}.`, error)
  if (code === 'EACCES' || code === 'EISDIR') return new SetupError(`The file ${file} cannot be read (${code}).`, error)
  return code?.startsWith('Z_') ? new SetupError(`The file ${file} is damaged: it does not unpack.`, error) : error
}
